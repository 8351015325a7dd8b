import Messaging
import Output
import TextFormats

extension UserError {
  /// The lines for standard error, in the form that goes with the format of the results.
  ///
  /// - Parameter usage: How the command is typed, where that is what was wrong.
  package func text(for format: OutputFormat, usage: String? = nil) -> String {
    if format.isJSON { return json.lineForStandardError }
    return (details.mistakes.isEmpty ? lines(usage) : details.mistakes.flatMap(\.lines)).map { $0 + "\n" }.joined()
  }

  private func lines(_ usage: String?) -> [String] {
    let rows = details.rows.count > 1 ? details.rows.map(\.words) : []
    let advice = [usage.map { "usage: \($0)" }, hint.map { "hint: \($0)" }].compactMap(\.self)
    return (["sms: \(message)"] + rows + advice).map(\.escapingControls)
  }

  private var json: JSONValue { ["error": .object(JSONObject(usualMembers + details.jsonMembers))] }

  private var usualMembers: [JSONObject.Member] {
    [
      .init("kind", .string(kind)), .init("message", .string(message)), .init("hint", .optional(hint)),
      .init("provider", .optional(details.provider)), .init("code", .optional(details.code)),
      .init("http_status", .optional(details.httpStatus)),
    ]
  }
}

extension ErrorDetails {
  /// What only some errors have to say.
  fileprivate var jsonMembers: [JSONObject.Member] {
    var members: [JSONObject.Member] = []
    if let job { members.append(.init("job", .string(job))) }
    if !profiles.isEmpty { members.append(.init("profiles", .array(profiles.map(JSONValue.string)))) }
    if !rows.isEmpty { members.append(.init("rows", .array(rows.map(\.json)))) }
    if !mistakes.isEmpty { members.append(.init("mistakes", .array(mistakes.map(\.json)))) }
    return members
  }
}

extension ErrorDetails.BadRow {
  fileprivate var words: String {
    "  row \(row.map(String.init) ?? "?") (line \(line.map(String.init) ?? "?")): \(message)"
  }

  fileprivate var json: JSONValue {
    ["row": .optional(row), "line": .optional(line), "message": .string(message)]
  }
}

extension ErrorDetails.Mistake {
  /// Columns of a terminal that most have, without the two before the line.
  private static let widest = 76
  /// What is shown before a mistake that is far to the right.
  private static let mostBefore = 50

  /// Where and what, the line with a caret below the place, and what to do.
  fileprivate var lines: [String] {
    let place = file.map { "\($0):\(line ?? 1):\(column ?? 1): " } ?? ""
    return ["sms: \(place)\(message)".escapingControls] + excerpt
      + [hint.map { "hint: \($0)".escapingControls }].compactMap(\.self)
  }

  private var excerpt: [String] {
    guard let text else { return [] }
    let scalars = text.unicodeScalars.map { $0 == "\t" ? " " : $0 }
    func shown(_ part: ArraySlice<Unicode.Scalar>) -> String {
      part.reduce(into: "") { $0.unicodeScalars.append($1) }.escapingControls
    }
    var before = shown(scalars.prefix(offset))
    if before.count > Self.mostBefore { before = "…" + before.suffix(Self.mostBefore - 1) }
    let line = (before + shown(scalars.dropFirst(offset))).cut(toWidth: Self.widest)
    return ["  \(line)", "  \(String(repeating: " ", count: before.displayWidth))^"]
  }

  fileprivate var json: JSONValue {
    [
      "file": .optional(file), "line": .optional(line), "column": .optional(column), "message": .string(message),
      "hint": .optional(hint), "text": .optional(text),
    ]
  }
}

extension String {
  /// A JSON text with what a terminal would obey, or not show, written as `\u…`: more than JSON itself escapes.
  fileprivate var escapingControlsAsJSON: String {
    guard escapingControls != self else { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      let isPlain = scalar.value < 0x7F || String(scalar).escapingControls == String(scalar)
      text +=
        isPlain
        ? String(scalar) : scalar.utf16.map { "\\u" + String(Int($0) + 0x10000, radix: 16).dropFirst() }.joined()
    }
  }
}

extension JSONValue {
  /// The document on a line of its own, safe for a terminal.
  var lineForStandardError: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self).escapingControlsAsJSON + "\n"
  }

  /// A string, or null.
  package static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

  /// A number, or null.
  fileprivate static func optional(_ number: Int?) -> JSONValue { number.map { .number(String($0)) } ?? .null }
}
