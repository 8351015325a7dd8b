import Application
import Testing

@testable import Commands

/// What is done where neither the command line nor anything else says how much, as the provider sees it.
@Suite struct DefaultsTests {
  private func bulk(_ count: Int, through provider: String) -> World {
    let rows = (0..<count).map { "+1555010\(1000 + $0),Hello\n" }
    let world = World(
      files: ["/list.csv": "to,message\n" + rows.joined()],
      answers: Array(repeating: .json("{}"), count: count))
    #expect(world.run(line: "bulk /list.csv -q --no-input", with: provider) == .unknown, "\(world.complained)")
    return world
  }

  @Test(
    "Help shows what holds when an option is not given",
    arguments: [
      ("", "retries", "3"), ("", "timeout", "30s"), ("", "output", "table"), ("", "color", "auto"),
      ("bulk", "concurrency", "8"), ("bulk", "batch", "100"), ("send", "wait-timeout", "5m"), ("send", "every", "1"),
      ("status", "limit", "1000"), ("sandbox", "port", "0"),
    ])
  func help(command: String, option: String, value: String) throws {
    let world = World()
    #expect((command.isEmpty ? world.run("--help") : world.run("help", command)) == .success)
    let words = world.printed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let start = try #require(words.firstRange(of: "--\(option) ")).upperBound
    let note = try #require(words[start...].firstRange(of: "default: ")).upperBound
    #expect(words[note...].prefix { !";)".contains($0) } == value, "\(words[start...].prefix(200))")
  }

  @Test("What was surely not taken is tried three times again", arguments: ["balance", "send +15550100001 Hello"])
  func retries(line: String) {
    let world = World(answers: Array(repeating: .status(429), count: 10))
    #expect(world.run(line: line, with: "sendapp") == .unavailable, "\(world.complained)")
    #expect(world.requests.count == 4)
  }

  @Test("--wait gives up after five minutes")
  func waitTimeout() {
    let world = World(answers: Array(repeating: .message(1, "Pending"), count: 100))
    #expect(world.run(line: "status 1 --wait -q", with: "sendapp") == .waitedTooLong, "\(world.complained)")
    #expect(world.elapsed == .seconds(300))
  }

  @Test("Eight requests are under way at once")
  func concurrency() {
    let world = bulk(40, through: "smsit")
    #expect(world.requests.count == 40 && world.mostAtOnce == 8)
  }

  @Test("A request has as many messages as the provider takes", arguments: [("sendapp", 100), ("smsit", 1)])
  func batch(provider: String, size: Int) {
    #expect(bulk(200, through: provider).requests.count == 200 / size)
  }
}
