#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform
import TestSupport
import Testing
import TextFormats

/// A job whose runs are killed again and again: what the provider took is the judge.
@Suite(.ownThread) struct KillTests {
  /// So that Voximplant tells texts.
  private static let storing = ["SMS_STORE_BODY": "true"]

  /// What was found unknown and what was taken, after a job came to its end over many dead runs.
  private struct Aftermath {
    var unknown: Set<String>
    var accepted: [String]
  }

  /// Kills run after run at a moment of chance, until one gets to the end by itself.
  private func killUntilDone(
    _ sandbox: TestSandbox, _ provider: Provider, _ numbers: [String], _ random: SeededRandom
  ) throws -> Aftermath {
    try sandbox.writeList(numbers)
    let start = ["-p", provider.rawValue, "bulk", "list.csv", "--job", "spring"]
    let options = ["--batch", "3", "--concurrency", "4", "-q"]
    var kills = 0
    while true {
      // Both ways of going on, in turns.
      let isKnown = kills > 0 && Files.status("\(sandbox.folder)/.local/state/sms/ledger.db") != nil
      let resumes = try kills % 2 == 1 && isKnown && sandbox.tool.run("jobs", "--job", "spring").code == 0
      let arguments = resumes ? ["bulk", "--resume", "spring", "-p", provider.rawValue] : start
      var tool = sandbox.tool
      tool.variables.merge(Self.storing) { $1 }
      let running = try RunningTool(tool, arguments + options)
      SystemClock.sleep(for: .milliseconds(random.below(60 + 20 * kills)))
      running.signal(SIGKILL)
      let run = try running.end()
      let accepted = try sandbox.accepted()
      #expect(Set(accepted).count == accepted.count, "twice after \(kills) kills")
      if run.code != 128 + SIGKILL {
        #expect([0, 6].contains(run.code), "\(run.stderr)")
        break
      }
      kills += 1
    }
    #expect(kills > 1)
    let statuses = try sandbox.statuses(ofJob: "spring")
    let unknown = Set(statuses.filter { $0.value == "unknown" }.keys)
    let accepted = try sandbox.accepted()
    #expect(Set(statuses.keys) == Set(numbers))
    #expect(!statuses.values.contains("planned") && !statuses.values.contains("sending"))
    #expect(Set(accepted).isSuperset(of: Set(numbers).subtracting(unknown)), "what is not unknown was taken")
    return Aftermath(unknown: unknown, accepted: accepted)
  }

  @Test("Killed at any moment, no number gets it twice, and who may have been left out is unknown; seed printed")
  func killed() throws {
    for (provider, seed) in [(Provider.voipcomm, UInt64(7)), (.sendapp, 8)] {
      print("seed of \(provider): \(seed)")
      try withSandbox(latency: .milliseconds(15)) { sandbox in
        let numbers = phoneNumbers(90)
        let aftermath = try killUntilDone(sandbox, provider, numbers, SeededRandom(seed))
        let again = try sandbox.run(provider, "bulk", "list.csv", "--job", "spring")
        #expect(again.code == (aftermath.unknown.isEmpty ? 0 : 6))
        #expect(try sandbox.accepted() == aftermath.accepted, "all is settled, so nothing is sent")
        // Now twice is what the user wants to risk, and nobody is to be left out.
        let retried = try sandbox.run(provider, "bulk", "--resume", "spring", "--retry-unknown")
        #expect(retried.code == 0, "\(retried.stderr)")
        let accepted = try sandbox.accepted()
        #expect(Set(accepted) == Set(numbers))
        #expect(accepted.count == aftermath.accepted.count + aftermath.unknown.count)
      }
    }
  }

  @Test(
    "Where the provider can be asked, each number gets it exactly once in the end",
    arguments: [(Provider.vpixelpro, UInt64(3)), (.voximplant, 4)])
  func reconciled(provider: Provider, seed: UInt64) throws {
    print("seed of \(provider): \(seed)")
    try withSandbox(latency: .milliseconds(15)) { sandbox in
      let numbers = phoneNumbers(60)
      let aftermath = try killUntilDone(sandbox, provider, numbers, SeededRandom(seed))
      let run = try sandbox.run(
        provider, ["bulk", "--resume", "spring", "--reconcile", "--settle", "1s", "-o", "jsonl"],
        variables: Self.storing)
      #expect(run.code == 0, "\(run.stderr)")
      #expect(try sandbox.accepted().sorted() == numbers)
      #expect(try Set(run.lines().texts("to")) == aftermath.unknown, "what was unknown, and nothing else, is reported")
    }
  }

  @Test("Copied while it works, as a power cut leaves it, a job knows of everything that the provider has")
  func powerCut() throws {
    try withSandbox(latency: .milliseconds(5)) { sandbox in
      let numbers = phoneNumbers(400)
      try sandbox.writeList(numbers)
      let running = try RunningTool(
        sandbox.tool,
        ["-p", "sendapp", "bulk", "list.csv", "--job", "spring", "--batch", "1", "--concurrency", "4", "-q"])
      for copy in 1...4 {
        try wait(for: "messages") { try sandbox.log().count >= 60 * copy }
        running.signal(SIGSTOP)
        let accepted = try sandbox.accepted()
        let state = ".local/state/sms"
        let copying = "mkdir cut\(copy) && cp \(state)/ledger.* cut\(copy)"
        let copied = try sandbox.tool.shell(copying)
        #expect(copied.code == 0, "\(copied.stderr)")
        var survivor = sandbox.tool
        survivor.variables["SMS_STATE_DIR"] = "cut\(copy)"
        let records = try survivor.run("log", "--job", "spring", "-o", "jsonl").lines()
        #expect(records.count == numbers.count)
        let planned = records.filter { $0["status"] == "planned" }.texts("to")
        #expect(Set(planned).isDisjoint(with: accepted), "it would be sent again")
        #expect(!records.texts("status").contains("sending"))
        running.signal(SIGCONT)
      }
      #expect(try running.end().code == 0)
      #expect(try sandbox.accepted().sorted() == numbers)
    }
  }

  @Test("Terminated, its output closed or its reader gone, a job goes on where it was")
  func endedInOtherWays() throws {
    try withSandbox(latency: .milliseconds(10)) { sandbox in
      let numbers = phoneNumbers(200)
      try sandbox.writeList(numbers)
      let command = ["-p", "voximplant", "bulk", "list.csv", "--job", "spring", "-o", "csv"]
      let running = try RunningTool(sandbox.tool, command)
      try wait(for: "messages") { try sandbox.log().count >= 20 }
      running.signal(SIGTERM)
      let terminated = try running.end()
      #expect(terminated.code == 128 + SIGTERM)
      #expect(terminated.said.contains("--resume spring"), "\(terminated.stderr)")
      let head = try sandbox.tool.shell(
        "{ sms \"$@\"; echo $? >code; } | head -n 3 >few; cat code; wc -l <few", command)
      #expect(head.text.split(whereSeparator: \.isWhitespace) == ["10", "3"], "\(head.text) \(head.stderr)")
      #expect(try sandbox.job("spring")["state"] == "interrupted")
      #expect(try sandbox.job("spring")["unknown"] == 0)
      let last = try sandbox.run(.voximplant, "bulk", "--resume", "spring")
      #expect(last.code == 0, "\(last.stderr)")
      #expect(try sandbox.accepted().sorted() == numbers)
      #expect(try sandbox.job("spring")["state"] == "done")
    }
  }
}
