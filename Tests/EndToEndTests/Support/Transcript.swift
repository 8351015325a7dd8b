/// A session at a terminal, as a page shows it: commands behind `$`, and what they printed.
struct Transcript: CustomStringConvertible, Sendable {
  var commands: [String] = []
  var output: [String] = []

  init(_ text: String) {
    var isContinued = false
    for line in text.split(separator: "\n").map(String.init) {
      if isContinued {
        commands[commands.count - 1] += "\n\(line)"
      } else if line.hasPrefix("$ ") {
        commands.append(String(line.dropFirst(2)))
      } else {
        output.append(line)
      }
      isContinued = line.hasSuffix("\\") && (isContinued || line.hasPrefix("$ "))
    }
  }

  var description: String { commands.joined(separator: "; ") }

  /// Whether it ends with an error.
  var showsError: Bool { output.contains { $0.hasPrefix("sms: ") || $0.hasPrefix("{\"error\"") } }

  /// What is printed each time: no ports, no times, nothing that the page cuts.
  var lasting: [String] {
    output.filter { line in !["127.0.0.1:", "/s)", "…"].contains { line.contains($0) } }
  }
}
