#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform
import TestSupport
import Testing
import TextFormats

/// Several runs at the same time.
@Suite(.ownThread) struct OverlapTests {
  private static let numbers = phoneNumbers(60)

  /// A job at work whose first messages were taken; it takes long if nobody stops it.
  private func started(_ sandbox: TestSandbox, _ options: String...) throws -> RunningTool {
    try sandbox.writeList(Self.numbers)
    let running = try RunningTool(
      sandbox.tool, ["-p", "voipcomm", "bulk", "list.csv", "--concurrency", "2", "-q"] + options)
    try wait(for: "the first messages") { try sandbox.log().count >= 3 }
    return running
  }

  @Test("A second run of a job ends at once with 9, also while the first is stopped", arguments: [false, true])
  func busy(isStopped: Bool) throws {
    try withSandbox(latency: .milliseconds(30)) { sandbox in
      let first = try started(sandbox, "--job", "spring")
      // Stopped at several moments, some of them in the middle of writing.
      for _ in 0..<(isStopped ? 6 : 1) {
        if isStopped { first.signal(SIGSTOP) }
        let before = try sandbox.accepted().count
        for options in [
          ["list.csv", "--job", "spring"], ["--resume", "spring"], ["--resume", "spring", "--retry-unknown"],
        ] {
          let second = try sandbox.run(.voipcomm, ["bulk"] + options)
          #expect(second.code == 9 && second.said.contains("spring"), "\(second.stderr)")
        }
        #expect(try sandbox.job("spring")["state"] == "running")
        #expect(try sandbox.statuses(ofJob: "spring").count == Self.numbers.count)
        if isStopped { #expect(try sandbox.accepted().count <= before + 2, "no more than was under way") }
        first.signal(SIGCONT)
        SystemClock.sleep(for: .milliseconds(20))
      }
      #expect(try first.end().code == 0)
      #expect(try sandbox.accepted().sorted() == Self.numbers)
    }
  }

  @Test("The same list without a name, twice at the same time: only one begins")
  func twiceUnnamed() throws {
    try withSandbox(latency: .milliseconds(20)) { sandbox in
      try sandbox.writeList(Self.numbers)
      let script =
        "for run in 1 2 3 4; do { sms -p voipcomm bulk list.csv -q >out$run; echo $? >code$run; } & done; wait; cat code*"
      let codes = try sandbox.tool.shell(script).text.split(separator: "\n")
      #expect(codes.sorted() == ["0", "9", "9", "9"])
      #expect(try sandbox.accepted().sorted() == Self.numbers)
    }
  }

  @Test("The same job begun many times at the same time is begun once")
  func sameJob() throws {
    try withSandbox(latency: .milliseconds(20)) { sandbox in
      try sandbox.writeList(Self.numbers)
      let script =
        "for run in 1 2 3 4; do { sms -p sendapp bulk list.csv --job j --batch 2 -q >out$run; echo $? >code$run; } & done; "
        + "wait; cat code*"
      let codes = try sandbox.tool.shell(script).text.split(separator: "\n")
      #expect(codes.contains("0") && Set(codes).isSubset(of: ["0", "9"]), "\(codes)")
      #expect(try sandbox.accepted().sorted() == Self.numbers)
    }
  }

  @Test("Different jobs at the same time don't get in each other's way, nor does 'send'")
  func differentJobs() throws {
    try withSandbox { sandbox in
      try sandbox.writeList(Self.numbers)
      let script =
        "for run in 1 2 3 4; do sms -p voipcomm bulk list.csv --job j$run --concurrency 4 -q >out$run & done; "
        + "sms -p voipcomm send +15550109000 Hello -q -o json >single; wait; sms log --job j4 -o jsonl | grep -c queued"
      let run = try sandbox.tool.shell(script)
      #expect(run.stderr.isEmpty, "\(run.stderr)")
      #expect(try sandbox.accepted().count == 4 * Self.numbers.count + 1)
      for job in ["j1", "j2", "j3", "j4"] { #expect(try sandbox.job(job)["accepted"] == 60) }
    }
  }

  @Test("Killed after it noted a message and before it sent it: the message is unknown, not sent, and not lost")
  func killedBeforeSending() throws {
    // Two connections on which nothing is read stand for the moment between the two; the others are answered.
    let reply = ScriptedServer.reply(body: #"{"result":1,"message_id":7,"fragments_count":1}"#)
    let server = try ScriptedServer { connection in connection < 2 ? [.hang] : [.answerAll(with: reply)] }
    try withSandbox { sandbox in
      try sandbox.writeList(Array(Self.numbers.prefix(5)))
      var tool = sandbox.tool
      tool.variables["SMS_BASE_URL"] = server.url
      let running = try RunningTool(
        tool, ["-p", "voximplant", "bulk", "list.csv", "--job", "spring", "--concurrency", "2"])
      try wait(for: "the notes") {
        try tool.run("log", "--job", "spring", "--status", "sending", "-o", "jsonl").lines().count == 2
      }
      running.signal(SIGKILL)
      #expect(try running.end().code == 128 + SIGKILL)
      #expect(try tool.run("-p", "voximplant", "bulk", "--resume", "spring", "-q").code == 6)
      #expect(server.requests.count == 3)
      #expect(try tool.run("-p", "voximplant", "bulk", "--resume", "spring", "--retry-unknown", "-q").code == 0)
      #expect(server.requests.count == 5)
    }
  }

  @Test("A single message that was under way when its run was killed is unknown in the log")
  func killedSend() throws {
    try withSandbox(faults: [.init(.hang)]) { sandbox in
      let running = try RunningTool(sandbox.tool, ["-p", "smsit", "send", "+15550100001", "Hello"])
      try wait(for: "the message") { try !sandbox.log().isEmpty }
      #expect(try sandbox.tool.run("log", "-o", "json").records().texts("status") == ["sending"])
      running.signal(SIGKILL)
      _ = try running.end()
      #expect(try sandbox.tool.run("log", "-o", "json").records().texts("status") == ["unknown"])
    }
  }
}
