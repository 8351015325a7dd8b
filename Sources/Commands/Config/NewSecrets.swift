import Application
import CommandLineKit
import Configuration
import Messaging
import TextFormats

/// Gets the secrets of a new profile that no option provides: asks for them, or reads them from standard input.
struct NewSecrets {
  private let context: Context
  private let provider: ProviderDescriptor

  init(_ context: Context, _ provider: ProviderDescriptor) {
    (self.context, self.provider) = (context, provider)
  }

  /// The missing secrets, each with the text that was typed or read.
  func missing(in profile: NewProfile) throws -> [(name: String, text: String)] {
    let needed = needed(profile).filter { spec in
      !SecretSource.suffixes.contains { profile.has(spec.name + $0) }
    }
    for spec in needed where spec.kind != .secret {
      throw UsageError(.missingOption("--" + spec.name.replacing("_", with: "-")), at: ConfigAddCommand.path)
    }
    guard !needed.isEmpty else { return [] }
    if context.canAsk {
      let questions = try ConfigurationQuestions(context)
      return try needed.map { ($0.name, try questions.value(of: $0)) }
    }
    return try read(needed)
  }

  /// The credentials of the profile: the set that options provide a part of, or else the provider's first set.
  private func needed(_ profile: NewProfile) -> [SettingSpec] {
    let sets = provider.credentials
    let begun = sets.first { set in
      set.contains { name in SecretSource.suffixes.contains { profile.has(name + $0) } }
    }
    let names = begun ?? sets.first ?? []
    return names.compactMap { name in provider.settings.first { $0.name == name } }
  }

  private func read(_ secrets: [SettingSpec]) throws -> [(name: String, text: String)] {
    let names = secrets.map(\.name).joined(separator: " and ")
    guard !context.environment.terminal.inputIsTerminal else {
      let reason = context.globals[GlobalOptions.noInput] ? " with --no-input" : ": standard error isn't a terminal"
      throw Failure.noSecret("can't ask for \(names)\(reason)")
    }
    var bytes: [UInt8] = []
    while bytes.count <= 65_536, let piece = try context.environment.streams.readInput() { bytes += piece }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
    guard !bytes.isEmpty, lines.count >= secrets.count, lines.dropFirst(secrets.count).allSatisfy(\.isEmpty) else {
      let order = secrets.map(\.name).joined(separator: ", then ")
      throw Failure.noSecret("expected \(counted(secrets.count, "line")) on standard input: \(order)")
    }
    return try zip(secrets, lines).map { ($0.name, try secret($1, of: $0)) }
  }

  private func secret(_ line: ArraySlice<UInt8>, of spec: SettingSpec) throws -> String {
    guard let text = String(utf8: Array(line)), !text.isBlank, SenderText.isSafe(text) else {
      throw Failure.noSecret("\(spec.name) on standard input is empty, or has control characters")
    }
    if let wrapping = SecretText.wrapping(of: text) {
      throw ConfigurationError(.secretWrapped(setting: spec.name, in: wrapping))
    }
    return text
  }
}
