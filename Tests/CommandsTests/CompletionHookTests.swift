import Application
import Testing

@testable import Commands

/// What completion scripts ask for.
@Suite struct CompletionHookTests {
  private static let configuration = """
    [profiles.office]
    provider = "sendapp"
    key_command = "exit 1"
    [profiles."we ird: \\"x\\" $HOME `ls` 'o"]
    provider = "smsit"
    [profiles."Zoë 👋"]
    provider = 3
    [profiles."--yes"]
    [profiles.""]
    [profiles."a\\nb\\tc"]
    """

  @Test("Profiles come by their names, odd ones as they are; what can't be typed is left out, and no secret is fetched")
  func profiles() {
    let world = World(files: ["/home/ada/.smsrc": Self.configuration])
    #expect(world.run("__complete", "profiles") == .success)
    let lines = ["office\tsendapp", "we ird: \"x\" $HOME `ls` 'o\tsmsit", "Zoë 👋\t", "--yes\t", ""]
    #expect(world.printed == lines.joined(separator: "\n"), "\(world.printed)")
  }

  @Test("A broken configuration, or none, completes to nothing in silence", arguments: ["x = [", nil])
  func broken(text: String?) {
    let world = World(files: text.map { ["/home/ada/.smsrc": $0] } ?? [:])
    #expect(world.run("__complete", "profiles") == .success)
    #expect(world.printed.isEmpty && world.complained.isEmpty)
  }
}
