import CommandLineKit
import Messaging
import Output
import TextFormats

// What a command prints besides its results. If the results are JSON and standard error isn't a terminal, each line
// is JSON too: `{"note":{…}}`, `{"summary":{…}}`, or `{"error":{…}}`.

extension Context {
  /// Prints a note, unless `--quiet` was given.
  package func note(_ text: String) {
    if !isQuiet { say(text) }
  }

  /// Prints a note that the user must see, even with `--quiet`.
  package func say(_ text: String) {
    let json: JSONValue = ["note": ["message": .string(text)]]
    write(line: saysJSON ? json.lineForStandardError : "\(environment.fitted(text.escapingControls))\n")
  }

  /// Prints the summary of a run, unless `--quiet` was given: as a sentence, or as the fields of a JSON object.
  package func summarize(_ text: String, _ fields: [(name: String, value: JSONValue)]) {
    guard !isQuiet else { return }
    let summary = JSONObject(fields.map { JSONObject.Member($0.name, $0.value) })
    let json: JSONValue = ["summary": .object(summary)]
    if saysJSON { write(line: json.lineForStandardError) } else { say(text) }
  }

  /// Notes that some results weren't shown, even with `--quiet`: a part must not be mistaken for the whole.
  package func sayTruncated(_ text: String) {
    let json: JSONValue = ["summary": ["truncated": true, "message": .string(text)]]
    if saysJSON { write(line: json.lineForStandardError) } else { say(text) }
  }

  /// The lines of an error for standard error, in the form that matches the output format.
  package func text(of error: any UserError) -> String {
    let (error, format) = (environment.explained(error), outputFormat)
    if format.isJSON { return error.json.lineForStandardError }
    let usage = (error as? UsageError).flatMap { $0.path.isEmpty ? nil : program.usage(for: $0.path) }
    let text = error.linesForPeople(usage: usage).map { $0 + "\n" }.joined()
    return format == .table ? environment.fitted(text) : text
  }

  /// Whether everything on standard error is JSON.
  package var saysJSON: Bool { outputFormat.isJSON && !environment.terminal.errorIsTerminal }

  private func write(line: String) {
    environment.streams.writeError(Array(line.utf8))
  }
}

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
