import Messaging
import TextFormats

/// One JSON array of all records, or one object where the result is never more than one.
package struct JSONFormatter: RecordFormatter {
  private let objects: JSONObjectWriter
  private let isSingle: Bool
  private var count = 0

  package init(columns: [Column], isSingle: Bool) {
    objects = JSONObjectWriter(columns: columns, depth: isSingle ? 0 : 1)
    self.isSingle = isSingle
  }

  package func start(_ output: inout [UInt8]) {
    if !isSingle { output += "[".utf8 }
  }

  package mutating func record(_ values: RecordValues, to output: inout [UInt8]) {
    if !isSingle { output += (count == 0 ? "\n  " : ",\n  ").utf8 }
    count += 1
    objects.write(values, to: &output)
  }

  package func end(_ output: inout [UInt8]) {
    if count > 0 { output += "\n".utf8 }
    if !isSingle { output += "]\n".utf8 }
  }
}

/// One JSON object a line.
package struct JSONLinesFormatter: RecordFormatter {
  private let objects: JSONObjectWriter

  package init(columns: [Column]) {
    objects = JSONObjectWriter(columns: columns, depth: nil)
  }

  package func start(_ output: inout [UInt8]) {}

  package func record(_ values: RecordValues, to output: inout [UInt8]) {
    objects.write(values, to: &output)
    output += "\n".utf8
  }

  package func end(_ output: inout [UInt8]) {}
}

/// Writes JSON objects of the same members; all that stands between their values is made once.
private struct JSONObjectWriter {
  /// For each column, the bytes from the value before to its own.
  private let openings: [[UInt8]]
  /// The same with a value of null behind them, which most have; nothing where such a member is left out.
  private let nullMembers: [[UInt8]]
  private let closing: [UInt8]
  private let depth: Int?

  /// Indents where there is a depth.
  init(columns: [Column], depth: Int?) {
    let lineBreak = depth.map { "\n" + String(repeating: "  ", count: $0) } ?? ""
    openings = columns.enumerated().map { index, column in
      var opening = Array(((index == 0 ? "{" : ",") + lineBreak + (depth == nil ? "" : "  ")).utf8)
      JSONValue.string(column.name).write(to: &opening)
      opening += (depth == nil ? ":" : ": ").utf8
      return opening
    }
    nullMembers = zip(openings, columns).map { opening, column in
      column.traits.contains(.omittable) ? [] : opening + "null".utf8
    }
    closing = Array(((columns.isEmpty ? "{" : lineBreak) + "}").utf8)
    self.depth = depth
  }

  func write(_ values: RecordValues, to output: inout [UInt8]) {
    for index in openings.indices {
      switch values[index] {
      case .null: output += nullMembers[index]
      // Most of them, written without being turned into JSON first.
      case .text(let text):
        output += openings[index]
        output.append(jsonString: text)
      case .integer(let number):
        output += openings[index]
        output.append(text: String(number))
      case let value:
        output += openings[index]
        if let depth { value.json.writeIndented(to: &output, depth: depth + 1) } else { value.json.write(to: &output) }
      }
    }
    output += closing
  }
}
