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

  /// The lines of standard error.
  var complaints: [String] { stderr.split(separator: "\n").map(String.init) }

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
