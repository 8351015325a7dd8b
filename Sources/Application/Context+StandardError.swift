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
