import Platform
import TestSupport
import Testing
import TextFormats

@testable import Application
@testable import Commands
@testable import Configuration

/// Nothing that a person can read is missing from `sms __reference messages`.
@Suite struct MessageCoverageTests {
  private static let sources = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/Sources"
  private static let catalog = MessageCatalogTests.catalog.text.split(separator: "\n").map(String.init)

  /// Files whose texts nobody reads as a message: the sandbox's imitations of providers, scripts for shells, pages of the
  /// manual, SQL, and what only developers see.
  private static let others = [
    "/Sandbox/Providers/", "/Sandbox/Server/", "/Sandbox/", "/CommandLineKit/", "ReferenceCommand.swift",
    "CommandsCommand.swift", "MessageCatalog.swift", "SQL.swift", "/CLibrary/",
  ]
  /// Those of them that have messages after all.
  private static let exceptions = ["UsageError.swift", "ValueKind.swift"]
  private static let files = FileWalk.files(under: sources, suffix: ".swift").filter { path in
    !others.contains(where: path.contains) || exceptions.contains(where: path.hasSuffix)
  }

  /// All that help and the manual say, with single spaces.
  private static let help: String = {
    let outline = SMSProgram.program.outline
    let pages = ([[outline.name]] + outline.commands.map(\.path)).compactMap {
      ReferenceCommand.Form.markdown.text(of: outline, $0)
    }
    let columns = outline.commands.flatMap(\.command.columns).map(\.meaning)
    return (pages + columns + [outline.help(for: [outline.name, "config"])]).joined(separator: " ").spaced
  }()

  @Test("Each text in the sources that a person can read has an example, or is help", arguments: files)
  func examples(file: String) throws {
    let source = String(decoding: try Files.read(file, limit: 1 << 20), as: UTF8.self)
    for message in literals(in: source).map(\.unmarked) where message.isSentence {
      #expect(
        Self.catalog.contains { $0.contains(inOrder: message) } || Self.help.contains(inOrder: message)
          || Self.exempt.contains { message.joined().contains($0) },
        "\(message)")
    }
  }

  /// Parts of texts that are no messages.
  private static let exempt: [String] = [
    // Formats, marks of files, and what providers and libraries say.
    "November ", " GMT", ".tmp", "_env = ", "# ", " && mkdir", "/proc/", "SQLite format 3", "does not match",
    "not yet ",
    // Commands of macOS that stand for those of Linux in the same messages.
    "dscacheutil", "sudo sntp",
    "invalid api key", "now and ", "jq: error: syntax", "u{1B}", "hexadecimal", "“Dinner”", "command -v", "Phone 1 -",
    // Columns of SQL.
    "json_extract", "recipient, body", "expires_at - created_at", ", digest = ", "changed_digest(digest", "row_digest(",
    "job = :job", "writes + 1", "AS is_whole FROM", "max(iif(writes",
    // Help of hidden commands and options, and names of commands.
    "What to complete", "The command typed so far", "Print what can be completed", "Not available: only the provider",
    "send --wait with --at", "otp send --reconcile", "status --group with other", "the ID of the group message",
    "messages not delivered", "libcurl: not found",
    // Never shown: there is no such code, no run without messages, and no operand beside the command's.
    "Ended by signal", "of another program", "there was no message to send", "put -- before the command: ",
  ]

  /// The fixed parts of each string literal, outside of comments; what is interpolated lies between them.
  private func literals(in source: String) -> [[String]] {
    source.split(separator: "\n").filter { !$0.drop(while: \.isWhitespace).hasPrefix("//") }
      .flatMap { line -> [[String]] in
        var scan = LiteralScan(Array(line))
        return scan.literals()
      }
  }
}

/// Reads the string literals of one line of Swift.
private struct LiteralScan {
  private let line: [Character]
  private var index = 0

  init(_ line: [Character]) { self.line = line }

  mutating func literals() -> [[String]] {
    var found: [[String]] = []
    while index < line.count {
      index += 1
      if line[index - 1] == "\"" { found.append(literal()) }
    }
    return found
  }

  /// From behind the opening quote to behind the closing one.
  private mutating func literal() -> [String] {
    var parts = [""]
    while index < line.count, line[index] != "\"" {
      if line[index] != "\\" {
        parts[parts.count - 1].append(line[index])
        index += 1
      } else if index + 1 < line.count, line[index + 1] == "(" {
        index += 2
        skipInterpolation()
        parts.append("")
      } else {
        parts[parts.count - 1].append(index + 1 < line.count ? line[index + 1] : " ")
        index += 2
      }
    }
    index += 1
    return parts
  }

  private mutating func skipInterpolation() {
    var depth = 1
    while index < line.count, depth > 0 {
      let character = line[index]
      index += 1
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == "\"" { _ = literal() }
    }
  }
}

extension [String] {
  /// Without the marks of Markdown.
  fileprivate var unmarked: [String] { map { $0.replacing("`", with: "") } }

  /// Whether these parts of a literal have more than two words, and are no SQL.
  fileprivate var isSentence: Bool {
    let words = joined(separator: " ").split(whereSeparator: \.isWhitespace)
    let isSQL = words.contains {
      ["SELECT", "INSERT", "UPDATE", "DELETE", "WHERE", "PRAGMA", "AND", "ATTACH"].contains($0)
    }
    return words.count > 2 && !isSQL
  }
}

extension String {
  /// With single spaces for line breaks and the like, and without the marks of Markdown.
  fileprivate var spaced: String {
    replacing("\\", with: "").replacing("`", with: "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Whether it has these parts, one after another.
  fileprivate func contains(inOrder parts: [String]) -> Bool {
    var rest = Substring(self)
    for part in parts where part.count > 2 {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }
}
