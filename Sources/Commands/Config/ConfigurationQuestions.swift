import Application
import CommandLineKit
import Configuration
import Delivery
import Messaging
import Platform
import Providers
import TextFormats

/// The questions of `config init` at a terminal: the provider, and its credentials.
struct ConfigurationQuestions {
  private let context: Context
  private let stop: StopSignal

  init(_ context: Context) throws {
    self.context = context
    stop = try context.environment.watchSignals()
  }

  /// Asks until each answer is valid. Throws after Ctrl-C and at the end of input.
  func answers() throws -> ConfigurationTemplate {
    let provider = try provider()
    var template = ConfigurationTemplate(active: provider.name)
    for name in provider.credentials.first ?? [] {
      guard let setting = provider.settings.first(where: { $0.name == name }) else { continue }
      template.values[name] = try value(of: setting)
    }
    if provider.needsSender { template.values[CommonSettings.from.name] = try sender(of: provider) }
    return template
  }

  /// Asks for the optional sender; nil if it is skipped.
  private func sender(of provider: ProviderDescriptor) throws -> String? {
    let setting = provider.settings.first { $0.name == CommonSettings.from.name } ?? CommonSettings.from
    let answer = try ask(Words.optional(setting.help)) { text in
      SenderText.isSafe(text) ? nil : Words.severalLines(setting.name)
    }.trimmed
    return answer.isEmpty ? nil : answer
  }

  private func provider() throws -> ProviderDescriptor {
    let providers = ProviderRegistry.all.map { $0.descriptor }
    let width = providers.map(\.name.count).max() ?? 0
    for (index, provider) in providers.enumerated() {
      let padding = String(repeating: " ", count: width - provider.name.count)
      say("  \(index + 1)  \(provider.name)\(padding)  \(provider.title)")
    }
    while true {
      let answer = try ask(Words.provider) { text in
        text.allSatisfy(\.isWhitespace) ? Words.noProvider : nil
      }.trimmed
      let found = providers.enumerated().first { String($0 + 1) == answer || $1.name == answer.lowercased() }
      if let found { return found.element }
      say(Words.unknownProvider(answer, among: providers.map(\.name)))
    }
  }

  /// Asks for a required setting; a secret isn't echoed.
  func value(of setting: SettingSpec) throws -> String {
    let isSecret = setting.kind == .secret
    let question = isSecret ? Words.secret(setting.help) : Words.setting(setting.help)
    let answer = try ask(question, isSecret: isSecret) { text in
      if text.allSatisfy(\.isWhitespace) { return Words.empty(setting.name) }
      guard SenderText.isSafe(text) else { return Words.severalLines(setting.name) }
      return isSecret ? SecretText.wrapping(of: text).map { Words.wrapped(setting.name, $0) } : nil
    }
    return isSecret ? answer : answer.trimmed
  }

  /// Asks again as long as `objection` returns an error.
  private func ask(
    _ question: String, isSecret: Bool = false, objection: (String) -> String?
  ) throws -> String {
    while true {
      guard let bytes = try context.ask(question, isSecret: isSecret, stop: stop) else {
        throw Failure.noAnswer
      }
      guard let text = String(utf8: bytes) else {
        say(Words.notUTF8)
        continue
      }
      guard let objection = objection(text) else { return text }
      say(objection)
    }
  }

  /// Part of the dialog, and so printed even with `--quiet`.
  private func say(_ text: String) {
    context.environment.streams.writeError(Array("\(text.escapingControls)\n".utf8))
  }
}

extension String {
  /// Without leading and trailing white space.
  fileprivate var trimmed: String {
    let start = drop(while: \.isWhitespace)
    return String(start[..<(start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.startIndex)])
  }
}

extension Failure {
  static let noAnswer = Failure(
    "input", .usage, "no answer; nothing was written",
    hint: "to skip the questions: sms config init --provider PROVIDER")
}

extension ConfigurationQuestions {
  /// The questions and replies of the dialog.
  static var examples: [String] {
    [
      Words.provider, Words.secret("API key"), Words.setting("Account ID"),
      Words.optional("Sender"), Words.noProvider, Words.unknownProvider("sendap", among: ["sendapp", "smsit"]),
      Words.empty("key"), Words.severalLines("key"), Words.wrapped("key", "are quotes"), Words.notUTF8,
    ]
  }

  private enum Words {
    static let provider = "Provider (name or number): "
    static let noProvider = "enter a provider"
    static let notUTF8 = "not valid UTF-8"
    static func optional(_ help: String) -> String { "\(help) (Enter to skip): " }
    static func secret(_ help: String) -> String { "\(help) (hidden): " }
    static func setting(_ help: String) -> String { "\(help): " }
    static func empty(_ name: String) -> String { "\(name) can't be empty" }
    static func severalLines(_ name: String) -> String { "\(name) must be a single line" }
    static func wrapped(_ name: String, _ wrapping: String) -> String { "\(name): there \(wrapping) around the secret" }

    static func unknownProvider(_ name: String, among known: [String]) -> String {
      "unknown provider '\(name)'\(nearest(to: name, among: known).map { "; did you mean '\($0)'?" } ?? "")"
    }
  }
}

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
