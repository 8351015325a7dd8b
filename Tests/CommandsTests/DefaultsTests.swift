import Application
import Testing

@testable import Commands

/// The defaults that users rely on, as they see them: in help, and in what happens.
@Suite struct DefaultsTests {
  @Test(
    "Help shows what holds when an option is not given",
    arguments: [
      ("bulk", "retries", "3"), ("bulk", "timeout", "30s"), ("bulk", "output", "table"), ("bulk", "color", "auto"),
      ("bulk", "concurrency", "8"), ("bulk", "batch", "100"), ("send", "wait-timeout", "5m"), ("send", "every", "1"),
      ("status", "limit", "1000"), ("sandbox", "port", "0"),
    ])
  func help(command: String, option: String, value: String) throws {
    let world = World()
    #expect(world.run("help", command) == .success)
    let words = world.printed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let start = try #require(words.firstRange(of: "--\(option) ")).upperBound
    let note = try #require(words[start...].firstRange(of: "default: ")).upperBound
    #expect(words[note...].prefix { !";)".contains($0) } == value, "\(words[start...].prefix(200))")
  }

  @Test("What surely wasn't taken is tried again three times")
  func retries() {
    let world = World(answers: Array(repeating: .unreachable, count: 4))
    #expect(world.run(line: "balance", with: "vpixelpro") == .unavailable, "\(world.complained)")
    #expect(world.requests.count == 4)
  }

  @Test("Waiting ends after five minutes")
  func waitTimeout() {
    let world = World(answers: Array(repeating: .message(1, "Pending"), count: 100))
    #expect(world.run(line: "status 1 --wait", with: "vpixelpro") == .waitedTooLong)
    #expect(world.elapsed == .seconds(300))
  }

  @Test("A list leaves in requests of 100 messages, eight of them at once")
  func batchAndConcurrency() {
    let rows = (1000..<2000).map { "+1555010\($0)\n" }.joined()
    let world = World(files: ["/list": rows], answers: Array(repeating: .noReply, count: 10))
    let code = world.run(line: "bulk /list --format lines --message hi -q -o jsonl", with: "vpixelpro")
    #expect(code == .unknown, "\(world.complained)")
    #expect(world.requests.count == 10)
    #expect(world.mostInFlight == 8)
  }
}
