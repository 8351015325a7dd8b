import Testing

@testable import Configuration

/// What other programs must not inherit.
struct SecretVariablesTests {
  @Test("every secret that a profile can have is among them")
  func all() {
    let secrets = SettingCatalog.all.filter { $0.kind == .secret }
    #expect(Set(SecretVariables.names(in: [:])) == Set(secrets.map(\.variableName)))
  }
}
