import TextFormats

/// An error in the user's words: what was wrong, where, and what to do.
struct Failure: Hashable, Sendable {
  /// One word for scripts, such as `usage` or `credentials`.
  var kind: String
  var message: String
  var hint: String?
  var provider: String?
  /// The provider's own code.
  var code: String?
  var httpStatus: Int?

  init(
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
  func text(for format: OutputFormat) -> String {
    switch format {
    case .json, .jsonl:
      var bytes: [UInt8] = []
      json.write(to: &bytes)
      return String(decoding: bytes, as: UTF8.self) + "\n"
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
