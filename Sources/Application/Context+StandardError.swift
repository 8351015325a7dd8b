import CommandLineKit
import Messaging
import Output
import TextFormats

// What a command says beside its results. Where these are JSON and no person reads standard error, every line of it is
// JSON as well: `{"note":{…}}`, `{"summary":{…}}` or `{"error":{…}}`.

extension Context {
  /// Says something, unless the user wants quiet.
  package func note(_ text: String) {
    if !isQuiet { say(text) }
  }

  /// Says something that the user must know, quiet or not.
  package func say(_ text: String) {
    let json: JSONValue = ["note": ["message": .string(text)]]
    write(line: saysJSON ? json.lineForStandardError : "\(environment.fitted(text.escapingControls))\n")
  }

  /// Says what a run comes to, unless the user wants quiet: as a sentence, or as the fields of an object.
  package func summarize(_ text: String, _ fields: [(name: String, value: JSONValue)]) {
    guard !isQuiet else { return }
    let summary = JSONObject(fields.map { JSONObject.Member($0.name, $0.value) })
    let json: JSONValue = ["summary": .object(summary)]
    if saysJSON { write(line: json.lineForStandardError) } else { say(text) }
  }

  /// Says that not all results were shown, quiet or not: nobody may take a part for the whole.
  package func sayTruncated(_ text: String) {
    let json: JSONValue = ["summary": ["truncated": true, "message": .string(text)]]
    if saysJSON { write(line: json.lineForStandardError) } else { say(text) }
  }

  /// The lines of an error for standard error, in the form that goes with the format of the results.
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
