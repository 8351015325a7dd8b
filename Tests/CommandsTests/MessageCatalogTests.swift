import Application
import CommandLineKit
import Testing
import TextFormats

@testable import Commands

/// `sms __reference messages`: what people read when something goes wrong.
@Suite struct MessageCatalogTests {
  static let catalog = MessageCatalog(
    context: Context(
      environment: World().environment(), globals: SMSProgram.program.parse([]).parsed,
      program: SMSProgram.program.outline))
  private static let messages = catalog.sections.flatMap(\.messages).filter { $0.kind != .quoted }
  private static let errors = messages.filter { $0.kind == .error }

  @Test(
    "A message fits on two lines of 80 columns, and so does its hint; neither ends with a period", arguments: messages)
  func length(message: ExampleMessage) {
    for text in [message.text, message.hint.map { "hint: \($0)" }].compactMap(\.self) {
      for line in text.split(separator: "\n") { #expect(line.count <= 160, "\(line.count): \(line)") }
      #expect(!text.hasSuffix(".") || text.hasSuffix("..."), "\(text)")
    }
  }

  /// What is written with a capital: names, abbreviations of the field, operands, and the words of the system.
  private static let names: Set<String> = [
    "V", "Pixel", "Pro", "Sendapp", "Voximplant", "SMS", "SMS-iT", "Excel", "Text", "GSM-7", "UTF-8", "ID", "IDs",
    "CSV", "JSON", "HTTP", "USSD", "TLS", "SSL", "URL", "API", "PEM", "SIM", "Ctrl-C", "Z", "A", "MMS", "Europe",
    "London", "No", "Permission", "OpenDocument", "Numbers", "Word", "SQLite", "Date", "Enter", "Connection",
    "OpenSSL", "Authorization", "Basic", "Bearer", "PDFs",
    // jq, OpenSSL and SMS-iT in their own words.
    "Cannot", "Could", "Invalid", "The",
  ]

  @Test("Capitals are for names; a question or a sentence about a message starts with one", arguments: messages)
  func capitals(message: ExampleMessage) {
    guard message.kind == .error || message.kind == .note else { return }
    for text in [message.text, message.hint].compactMap(\.self) {
      // What is quoted is somebody else's spelling.
      let text = text.replacing("n't", with: "nt").replacing("'s ", with: " ")
      let own = text.outside("\"").flatMap { String($0).outside("'") }
      for word in own.flatMap({ $0.split { !$0.isLetter && $0 != "-" } }).map(String.init) {
        let isOperand = word.allSatisfy { !$0.isLowercase }
        #expect(!(word.first?.isUppercase ?? false) || isOperand || Self.names.contains(word), "\(word): \(text)")
      }
    }
  }

  /// Where nothing that is known would help, or where the message says what to do.
  private static let withoutHint: [String] = [
    // The provider's own words, of which it alone knows more.
    "(code 500)", "the request was refused", "no such message", "The ", "There ", "Invalid ", "unknown sender",
    // How a run ended that the user ended, or that sends mail and programs.
    "interrupted", "terminated", "ended by signal",
    // Outcomes: what to do depends on the reason, which follows.
    "messages failed", "the message failed", "all 3 messages failed",
    // The list that the message refers to has the hints.
    "checks failed",
    // A warning among mistakes says what was meant.
    "warning: ",
    // The signing program is installed, and was too slow.
    "openssl is required to sign",
  ]

  @Test("An error ends with what to do, where something can be done", arguments: errors)
  func hints(message: ExampleMessage) {
    let isExcused = Self.withoutHint.contains { message.text.contains($0) }
    #expect(message.hint != nil || isExcused, "\(message.text)")
  }

  /// Errors without a value, such as that nothing was confirmed: what was typed is of no help.
  private static let withoutValue: [String] = [
    "not confirmed", "no answer", "no recipient", "stopped immediately", "the signature", "interrupted", "terminated",
    "ended by signal", "no email on standard input", "the email has no subject", "can't ask for", "on standard input",
    "missing -- before", "the configuration has no profiles", "can't find the configuration", "can't read the",
    "another sms", "jq", "libcurl", "unexpected reply", "doesn't support", "returned no ID",
  ]

  @Test("An error has the value, or the place, that it is about", arguments: errors)
  func values(message: ExampleMessage) {
    let text = message.text
    // A quoted value, a number, a path, an option, an argument or a name before a colon.
    let hasValue = text.contains { "'/:".contains($0) || $0.isNumber } || text.contains("--")
    #expect(hasValue || Self.withoutValue.contains { text.contains($0) }, "\(text)")
  }
}

extension String {
  /// What stands outside of quotes.
  fileprivate func outside(_ quote: Character) -> [Substring] {
    split(separator: quote, omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset.isMultiple(of: 2) }.map(\.element)
  }
}
