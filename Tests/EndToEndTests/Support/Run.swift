import Platform
import Testing
import TextFormats

/// How a run of the program ended, and what it wrote.
struct Run {
  /// The exit code as a shell sees it: 128 and the number of the signal for a program that was killed.
  var code: Int32
  var stdout: [UInt8]
  var stderr: String

  init(_ output: Subprocess.Output) {
    self.init(output.status, stdout: output.stdout, stderr: output.stderr)
  }

  init(_ status: Subprocess.ExitStatus, stdout: [UInt8], stderr: [UInt8]) {
    switch status {
    case .exited(let code): self.code = code
    case .signaled(let number): code = 128 + number
    }
    self.stdout = stdout
    self.stderr = String(decoding: stderr, as: UTF8.self)
  }

  var text: String { String(decoding: stdout, as: UTF8.self) }

  /// The lines of standard error, as a person would be told them.
  var complaints: [String] { said.split(separator: "\n").map(String.init) }

  /// The lines that say what is wrong, without the hints.
  var problems: [String] { complaints.filter { !$0.hasPrefix("hint: ") } }

  /// Standard error in words, also where it is JSON.
  var said: String {
    stderr.split(separator: "\n", omittingEmptySubsequences: false).map { Self.words(String($0)) }
      .joined(separator: "\n")
  }

  private static func words(_ line: String) -> String {
    guard let json = try? JSONValue(parsing: Array(line.utf8)) else { return line }
    if let note = json["note"]?["message"]?.text { return note }
    if let error = json["error"] {
      let hint = error["hint"]?.text.map { "\nhint: \($0)" } ?? ""
      return "sms: \(error["message"]?.text ?? "")\(hint)"
    }
    guard let summary = json["summary"] else { return line }
    if let message = summary["message"]?.text { return message }
    let counts = ["rows", "accepted", "failed", "unknown", "skipped", "pending"].compactMap { name in
      summary[name]?.text.map { "\($0) \(name)" }
    }
    return counts.joined(separator: ", ") + (summary["job"]?.text.map { "; job \($0)" } ?? "")
  }

  /// Standard output as one JSON document.
  func json() throws -> JSONValue { try JSONValue(parsing: stdout) }

  /// Standard output as a JSON array of records.
  func records() throws -> [JSONValue] { try #require(try json().array) }

  /// Standard output as a JSON object on each line.
  func lines() throws -> [JSONValue] { try parseLines(stdout) }
}

/// A JSON value from each line.
func parseLines(_ bytes: [UInt8]) throws -> [JSONValue] {
  try bytes.split(separator: UInt8(ascii: "\n")).map { try JSONValue(parsing: $0) }
}
