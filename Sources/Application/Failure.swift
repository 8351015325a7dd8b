import Output
import TextFormats

/// An error in the user's words: what was wrong, where, and what to do.
package struct Failure: Hashable, Sendable {
  /// One word for scripts, such as `usage` or `credentials`.
  package var kind: String
  package var message: String
  package var hint: String?
  package var provider: String?
  /// The provider's own code.
  package var code: String?
  package var httpStatus: Int?

  package init(
    _ kind: String, _ message: String, hint: String? = nil, provider: String? = nil, code: String? = nil,
    httpStatus: Int? = nil
  ) {
    self.kind = kind
    self.message = message
    self.hint = hint
    self.provider = provider
    self.code = code
    self.httpStatus = httpStatus
  }

  /// The lines for standard error, in the form that goes with the format of the results.
  package func text(for format: OutputFormat) -> String {
    switch format {
    case .json, .jsonl:
      var bytes: [UInt8] = []
      json.write(to: &bytes)
      return String(decoding: bytes, as: UTF8.self).escapingControlsAsJSON + "\n"
    case .table, .csv:
      let lines = ["sms: \(message)", hint.map { "hint: \($0)" }].compactMap(\.self)
      return lines.map { $0.escapingControls + "\n" }.joined()
    }
  }

  private var json: JSONValue {
    [
      "error": [
        "kind": .string(kind), "message": .string(message), "provider": .optional(provider), "code": .optional(code),
        "http_status": httpStatus.map { .number(String($0)) } ?? .null,
      ]
    ]
  }
}

extension String {
  /// A JSON text with what a terminal would obey written as `\u…`; JSON itself leaves DEL, C1 and bidi controls alone.
  fileprivate var escapingControlsAsJSON: String {
    unicodeScalars.reduce(into: "") { text, scalar in
      let isPlain = scalar.value < 0x7F || String(scalar).escapingControls == String(scalar)
      text += isPlain ? String(scalar) : "\\u" + String(scalar.value + 0x10000, radix: 16).dropFirst()
    }
  }
}

extension JSONValue {
  /// A string, or null.
  fileprivate static func optional(_ text: String?) -> JSONValue {
    text.map(JSONValue.string) ?? .null
  }
}
