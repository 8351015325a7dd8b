import Configuration
import TextFormats

extension Context {
  /// Says that not all results were shown, with `--quiet` as well: nobody may take a part for the whole.
  package func noteTruncation(_ text: String) {
    environment.streams.writeError(Array((truncation(text) + "\n").utf8))
  }

  private func truncation(_ text: String) -> String {
    guard outputFormat == .json || outputFormat == .jsonl, !environment.terminal.errorIsTerminal else {
      return environment.fitted(text.escapingControls)
    }
    var bytes: [UInt8] = []
    JSONValue(["summary": ["truncated": true, "message": .string(text)]]).write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
