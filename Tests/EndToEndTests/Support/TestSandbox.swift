import Sandbox
import TestSupport
import Testing
import TextFormats

@testable import Platform

/// A sandbox on a thread of this process, and a folder with its configuration and its log.
struct TestSandbox {
  /// Home folder and current folder of the tool.
  let folder: String
  let port: UInt16

  /// The tool, with the sandbox's configuration.
  var tool: Tool { Tool(folder: folder, variables: ["SMS_CONFIG": "sandbox.toml"]) }

  /// Runs the tool through one of the profiles.
  func run(_ provider: Provider = .vpixelpro, _ arguments: String..., input: String = "") throws -> Run {
    try run(provider, arguments, input: Array(input.utf8))
  }

  func run(
    _ provider: Provider = .vpixelpro, _ arguments: [String], input: [UInt8] = [], variables: [String: String] = [:]
  ) throws -> Run {
    var tool = tool
    tool.variables.merge(variables) { $1 }
    return try tool.run(["--profile", provider.rawValue] + arguments, input: input)
  }

  /// What was accepted so far, which nobody but the sandbox can say.
  func log() throws -> [AcceptedText] {
    try parseLines(try Files.read("\(folder)/log.jsonl", limit: 64 << 20)).map(AcceptedText.init)
  }

  /// Writes a file of the folder.
  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  func write(_ name: String, _ bytes: [UInt8]) throws { try Files.replace("\(folder)/\(name)", bytes) }
}

/// Numbers that count up from +15550100000.
func phoneNumbers(_ count: Int) -> [String] {
  (0..<count).map { "+1555010\(String(10_000 + $0).dropFirst())" }
}

extension TestSandbox {
  /// Writes `list.csv`, a text of its own for each number.
  func writeList(_ numbers: [String]) throws {
    try write("list.csv", "to,message\n" + numbers.map { "\($0),Hello \($0)\n" }.joined())
  }

  /// The numbers that the provider took messages for, in its order.
  func accepted() throws -> [String] { try log().map(\.to) }

  /// The status of each row of a job by its number, as `sms log` says.
  func statuses(ofJob job: String) throws -> [String: String] {
    let run = try tool.run("log", "--job", job, "-o", "jsonl")
    #expect(run.code == 0, "\(run.stderr)")
    let records = try run.lines()
    #expect(records.compactMap { $0["row"]?.int } == Array(1..<records.count + 1), "every row, in order")
    return Dictionary(zip(records.texts("to"), records.texts("status"))) { first, _ in first }
  }

  /// What `sms jobs` says of a job.
  func job(_ name: String) throws -> JSONValue {
    try #require(try tool.run("jobs", "--job", name, "-o", "json").records().first)
  }
}

/// A message in the sandbox's log.
struct AcceptedText: Hashable {
  var provider: String
  var from: String?
  var to: String
  var body: [UInt8]
  var scheduledAt: String?
  var json: JSONValue

  init(_ line: JSONValue) throws {
    provider = try #require(line["provider"]?.text)
    from = line["from"]?.text
    to = try #require(line["to"]?.text)
    body = Array(try #require(line["body"]?.text).utf8)
    scheduledAt = line["scheduled_at"]?.text
    json = line
  }

  var text: String { String(decoding: body, as: UTF8.self) }
}

/// Runs `body` with a sandbox, which is gone with its folder afterwards. One at the port of an earlier one has the same
/// accounts.
func withSandbox<Result>(
  port: UInt16 = 0, faults: [Fault] = [], latency: Duration = .zero, seed: UInt64 = 1,
  _ body: (TestSandbox) throws -> Result
) throws -> Result {
  try withTemporaryFolder { folder in
    let options = SandboxOptions(port: port, latency: latency, faults: faults, seed: seed, log: "\(folder)/log.jsonl")
    let serving = try Serving(try SandboxServer(options))
    defer { serving.end() }
    let sandbox = TestSandbox(folder: folder, port: serving.port)
    // The usual state directory, where tests look for it.
    let text = SandboxConfiguration.text(port: serving.port, stateDirectory: "\"\(folder)/.local/state/sms\"")
    try sandbox.write("sandbox.toml", text)
    return try body(sandbox)
  }
}

/// A server at work on a thread of its own.
private struct Serving {
  let port: UInt16
  private let stop: Pipe
  private let stopped: Pipe

  init(_ server: SandboxServer) throws {
    let (stop, stopped) = (try Pipe(), try Pipe())
    (self.stop, self.stopped) = (stop, stopped)
    port = server.port
    let handover = Handover(server: server)
    try DetachedThread.start {
      try? handover.server.run(until: stop.reading)
      stopped.writing.close()
    }
  }

  /// Returns once the server has let go of its log.
  func end() {
    stop.writing.close()
    _ = try? stopped.reading.waitUntilReadable(atMost: .seconds(10))
    stop.reading.close()
    stopped.reading.close()
  }
}

/// Hands the server to the one thread that uses it from then on, so there is nothing to share.
private struct Handover: @unchecked Sendable {
  let server: SandboxServer
}
