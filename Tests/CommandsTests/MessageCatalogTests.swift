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
  private static let messages = catalog.sections.flatMap(\.messages)

  @Test("A message fits on two lines of 80 columns, ends without a period, and its hint does, too", arguments: messages)
  func length(message: ExampleMessage) {
    for line in message.lines {
      #expect(line.count <= 160 || line.contains("sms log --job") || line.contains("openssl"), "\(line)")
      #expect(!line.hasSuffix(".") || line.hasSuffix("..."), "\(line)")
    }
  }

  /// What is written with a capital: names, abbreviations of the field, operands, and the words of the system.
  private static let names: Set<String> = [
    "V", "Pixel", "Pro", "Sendapp", "Voximplant", "SMS", "SMS-iT", "Excel", "Text", "GSM-7", "UTF-8", "ID", "IDs",
    "CSV",
    "JSON", "HTTP", "USSD", "TLS", "SSL", "URL", "API", "PEM", "SIM", "Ctrl-C", "Z", "A", "MMS", "Europe", "London",
    "No", "Permission",
  ]

  @Test("Capitals are for names; a question starts with one", arguments: messages)
  func capitals(message: ExampleMessage) {
    for text in [message.text, message.hint].compactMap(\.self) where message.kind != .question {
      // What is quoted is somebody else's spelling.
      let parts = text.replacing("n't", with: "nt").split(separator: "'", omittingEmptySubsequences: false)
      let own = parts.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
      for word in own.flatMap({ $0.split { !$0.isLetter && $0 != "-" } }).map(String.init) {
        let isOperand = word.allSatisfy { !$0.isLowercase }
        #expect(!(word.first?.isUppercase ?? false) || isOperand || Self.names.contains(word), "\(word): \(text)")
      }
    }
  }
}
