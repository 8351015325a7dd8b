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

  @Test(
    "Each message of a type of error has an example",
    arguments: [
      "CommandLineKit/UsageError.swift", "CommandLineKit/ValueKind.swift", "Commands/Bulk/JobFailures.swift",
      "Commands/Config/ProfileFailures.swift",
      "Delivery/Planning/PlanProblems.swift", "Ledger/Store/StateDamage.swift",
      "Messaging/Capabilities/CallObjection+Words.swift", "TextFormats/Input/RowError.swift",
    ])
  func examples(file: String) throws {
    let source = String(decoding: try Files.read("\(Self.sources)/\(file)", limit: 1 << 20), as: UTF8.self)
    let messages = literals(in: source).filter { $0.joined().split(separator: " ").count > 2 }
    #expect(!messages.isEmpty)
    for message in messages {
      #expect(Self.catalog.contains { $0.contains(inOrder: message) }, "\(message)")
    }
  }

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

extension String {
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
