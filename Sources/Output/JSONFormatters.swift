import Messaging
import TextFormats

extension OutputFormat {
  package static let json = OutputFormat("json", isJSON: true) { JSONFormatter($0) }
  package static let jsonl = OutputFormat("jsonl", isJSON: true) { JSONLinesFormatter(columns: $0.columns) }
}

/// A JSON array of all records, or an object if there is never more than one.
private struct JSONFormatter: RecordFormatter {
  private let objects: JSONObjectWriter
  private let isSingle: Bool
  private var count = 0

  init(_ layout: OutputLayout) {
    objects = JSONObjectWriter(columns: layout.columns, depth: layout.isSingle ? 0 : 1)
    isSingle = layout.isSingle
  }

  func start(_ output: inout [UInt8]) {
    if !isSingle { output += "[".utf8 }
  }

  mutating func record(_ values: RecordValues, to output: inout [UInt8]) {
    if !isSingle { output += (count == 0 ? "\n  " : ",\n  ").utf8 }
    count += 1
    objects.write(values, to: &output)
  }

  func end(_ output: inout [UInt8]) {
    if count > 0 { output += "\n".utf8 }
    if !isSingle { output += "]\n".utf8 }
  }
}

/// One JSON object per line.
private struct JSONLinesFormatter: RecordFormatter {
  private let objects: JSONObjectWriter

  init(columns: [Column]) {
    objects = JSONObjectWriter(columns: columns, depth: nil, end: "\n")
  }

  func start(_ output: inout [UInt8]) {}

  func record(_ values: RecordValues, to output: inout [UInt8]) {
    objects.write(values, to: &output)
  }

  func end(_ output: inout [UInt8]) {}
}

/// Writes JSON objects with the same members; the text between the values is prepared once.
private struct JSONObjectWriter {
  /// The text of one column, as positions in `text`.
  private struct Member {
    /// From the end of the previous value to the start of this one.
    let opening: Range<Int>
    /// The end of the null value that follows `opening`.
    let end: Int
    /// Whether it is omitted if there is no value.
    let isOmitted: Bool
  }

  /// The text of all members with null values: most are null, and a run of them is written at once.
  private let text: [UInt8]
  private let members: [Member]
  private let depth: Int?

  /// Indents if there is a depth; `end` follows each object.
  init(columns: [Column], depth: Int?, end: String = "") {
    let lineBreak = depth.map { "\n" + String(repeating: "  ", count: $0) } ?? ""
    var text: [UInt8] = []
    members = columns.enumerated().map { index, column in
      let start = text.count
      text.append(text: (index == 0 ? "{" : ",") + lineBreak + (depth == nil ? "" : "  "))
      text.append(jsonString: column.name)
      text += depth == nil ? ":" : ": "
      let opening = start..<text.count
      text += "null"
      return Member(opening: opening, end: text.count, isOmitted: column.traits.contains(.omittable))
    }
    text.append(text: (columns.isEmpty ? "{" : lineBreak) + "}" + end)
    self.text = text
    self.depth = depth
  }

  func write(_ values: RecordValues, to output: inout [UInt8]) {
    text.withUnsafeBufferPointer { text in
      /// The position in `text` up to which everything is written.
      var written = 0
      for index in members.indices {
        if values.isClearlyNull(index), !members[index].isOmitted { continue }
        let (member, value) = (members[index], values[index])
        let isNull = value.isNull
        if isNull, !member.isOmitted { continue }
        let end = isNull ? member.opening.lowerBound : member.opening.upperBound
        output.append(contentsOf: UnsafeBufferPointer(rebasing: text[written..<end]))
        write(value, to: &output)
        written = member.end
      }
      output.append(contentsOf: UnsafeBufferPointer(rebasing: text[written...]))
    }
  }

  /// Writes nothing for null. The most common types are written directly, without conversion to `JSONValue`.
  private func write(_ value: FieldValue, to output: inout [UInt8]) {
    switch value {
    case .null: break
    case .text(let text): output.append(jsonString: text)
    case .integer(let number): output.append(decimal: number)
    default:
      if let depth { value.json.writeIndented(to: &output, depth: depth + 1) } else { value.json.write(to: &output) }
    }
  }
}
