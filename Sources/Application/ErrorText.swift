import Messaging
import TextFormats

extension UserError {
  var json: JSONValue { ["error": .object(JSONObject(usualMembers + details.jsonMembers))] }

  private var usualMembers: [JSONObject.Member] {
    [
      .init("kind", .string(kind)), .init("message", .string(message)), .init("hint", .optional(hint)),
      .init("provider", .optional(details.provider)), .init("code", .optional(details.code)),
      .init("http_status", .optional(details.httpStatus)),
    ]
  }
}

extension ErrorDetails {
  /// The members that only some errors have.
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
  fileprivate var json: JSONValue {
    ["row": .optional(row), "line": .optional(line), "message": .string(message)]
  }
}

extension ErrorDetails.Mistake {
  fileprivate var json: JSONValue {
    [
      "file": .optional(file), "line": .optional(line), "column": .optional(column), "message": .string(message),
      "hint": .optional(hint), "text": .optional(text),
    ]
  }
}

extension String {
  /// JSON text in which control and invisible characters are also written as `\u…`, which JSON itself doesn't require.
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
  /// The document on one line, safe to print to a terminal.
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
