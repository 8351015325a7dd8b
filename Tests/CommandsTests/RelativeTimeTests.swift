import Testing

@testable import Commands

/// A list is what was typed: relative times don't make it another one when time passes.
@Suite(.ownThread) struct RelativeTimeTests {
  private static let list = "to,message,at\n+15550100001,hi,TIME\n+15550100002,hi,\n"

  /// Runs a command line again and again, a while after each run; the exit codes.
  private func codes(_ world: World, _ lines: [String], with provider: String) -> [Int32] {
    lines.map { line in
      defer { world.skip(seconds: 61) }
      return world.run(line: line, with: provider).number
    }
  }

  @Test(
    "A list with relative times is the same list a minute later",
    arguments: ["+2h", "tomorrow 9:00"], ["--job j", ""])
  func column(time: String, job: String) {
    let network = ScriptedNetwork { _ in .noReply }
    let files = ["/a.csv", "/b.csv"].map { ($0, $0 == "/a.csv" ? time : "+3h") }.map { path, time in
      (path, Self.list.replacing("TIME", with: time))
    }
    let world = World(files: Dictionary(uniqueKeysWithValues: files), network: network)
    let bulk = ["bulk /a.csv \(job)", "bulk /a.csv \(job)"]
    #expect(codes(world, bulk, with: "vpixelpro") == [6, job.isEmpty ? 9 : 6], "\(world.complained)")
    let requests = world.requests.count
    let other = codes(world, ["bulk /b.csv \(job)"], with: "vpixelpro")
    #expect(other == [job.isEmpty ? 6 : 2], "another time is another list")
    #expect(world.requests.count == requests * (job.isEmpty ? 2 : 1))
  }

  @Test("Repetitions until a relative time are the same a minute later")
  func until() {
    let world = World(
      files: ["/list.csv": "to,message\n+15550100001,hi\n"], network: ScriptedNetwork { _ in .noReply })
    let bulk = "bulk /list.csv --at +1h --repeat daily --until +9d"
    #expect(codes(world, [bulk, bulk], with: "smsit") == [6, 9], "\(world.complained)")
    #expect(world.requests.count == 1)
  }
}
