import TestSupport
import Testing
import TextFormats

/// What the log and the jobs know afterwards.
@Suite(.ownThread) struct HistoryTests {
  @Test(
    "What waiting learns is in the log, whatever the provider",
    arguments: [Provider.vpixelpro, .sendapp, .smsit, .voximplant])
  func waiting(provider: Provider) throws {
    try withSandbox { (sandbox) throws in
      let number = "+15550109999"
      #expect(try sandbox.run(provider, "send", number, "x", "--wait").code == 1)
      #expect(try sandbox.run(provider, "log", "--status", "failed", "-o", "json").records().texts("to") == [number])
      #expect(try sandbox.run(provider, "send", "+15550100001", "y", "--wait", "-q").code == 0)
      let expected = provider == .voximplant ? "sent" : "delivered"
      #expect(try sandbox.run(provider, "log", "-o", "json").records().texts("status") == [expected, "failed"])
    }
  }

  @Test("What a question learns is in the log and in the counts of its job")
  func asking() throws {
    try withSandbox { (sandbox) throws in
      try sandbox.writeList(["+15550100001", "+15550109999"])
      #expect(try sandbox.run(.vpixelpro, "bulk", "list.csv", "--job", "spring").code == 0)
      try wait(for: "the failure") {
        try sandbox.run(.vpixelpro, "status", "--status", "failed", "-o", "json").records().count == 1
      }
      #expect(try sandbox.statuses(ofJob: "spring")["+15550109999"] == "failed")
      #expect(try sandbox.job("spring").values("accepted", "failed") == [1, 1])
      let again = try sandbox.run(.vpixelpro, "bulk", "list.csv", "--job", "spring", "-o", "json")
      #expect(try again.code == 1 && again.records().isEmpty)
      #expect(again.said.contains("nothing to send: job spring finished "), "\(again.stderr)")
      #expect(try sandbox.accepted().count == 2)
      let retried = try sandbox.run(.vpixelpro, "bulk", "--resume", "spring", "--retry-failed", "-o", "json")
      #expect(try retried.records().texts("to") == ["+15550109999"])
      #expect(try sandbox.accepted() == ["+15550100001", "+15550109999", "+15550109999"])
    }
  }

  @Test(
    "A word that is no status is exit 2, with what was meant",
    arguments: [
      (["status", "--status", "faild"], "failed"), (["resend", "--status", "Faild"], "failed"),
      (["log", "--status", "delivrd"], "delivered"), (["status", "--group", "g", "--status", "sentt"], "sent"),
    ])
  func statusWords(arguments: [String], meant: String) throws {
    try withSandbox { (sandbox) throws in
      let run = try sandbox.run(.vpixelpro, arguments)
      #expect(run.code == 2 && run.said.contains("did you mean '\(meant)'?"), "\(run.stderr)")
      #expect(run.text == "")
      for word in ["failed", "Failed", "FAILED", "EXPIRED"] {
        #expect(try sandbox.run(.vpixelpro, "log", "--status", word).code == 0)
      }
    }
  }

  @Test("Off a terminal the log has no limit; what is cut is said, quiet or not")
  func cuts() throws {
    try withSandbox { (sandbox) throws in
      try sandbox.writeList(phoneNumbers(1100))
      #expect(try sandbox.run(.vpixelpro, "bulk", "list.csv", "-qo", "jsonl").code == 0)
      let log = try sandbox.run(.vpixelpro, "log", "-o", "csv", "-q", "--columns", "to", "--no-header")
      #expect(Set(log.text.split(separator: "\n")).count == 1100 && log.stderr == "")
      for command in [["log"], ["status", "--direction", "in"]] {
        let cut = try sandbox.run(.vpixelpro, command + ["--limit", "2", "-qo", "json"])
        #expect(try cut.records().count == 2)
        #expect(try parseLines(Array(cut.stderr.utf8)).first?["summary"]?["truncated"] == true, "\(cut.stderr)")
        #expect(try sandbox.run(.vpixelpro, command + ["--limit", "2", "-q"]).said.contains("--limit"))
      }
    }
  }

  @Test("An id that the log does not have is exit 1, and the others are shown")
  func unknownID() throws {
    try withSandbox { (sandbox) throws in
      #expect(try sandbox.run(.vpixelpro, "send", "+15550100001", "x").code == 0)
      let run = try sandbox.run(.vpixelpro, "log", "99", "4", "-o", "json")
      #expect(try run.code == 1 && run.records().texts("id") == ["4"])
      #expect(run.said.contains("99"))
      #expect(try sandbox.run(.vpixelpro, "log", "4", "--status", "failed").code == 0, "it is there, but not failed")
    }
  }

  @Test("A job that was refused is closed by cancel and by --new, and then blocks nothing")
  func closing() throws {
    try withSandbox { (sandbox) throws in
      try sandbox.writeList(phoneNumbers(3))
      let wrong = ["SMS_KEY": "wrong"]
      func bulk(_ options: String...) throws -> Run {
        try sandbox.run(.vpixelpro, ["bulk", "list.csv"] + options, variables: wrong)
      }
      #expect(try bulk().code == 4)
      let busy = try bulk()
      #expect(busy.code == 9 && busy.said.contains("list.csv") && busy.said.contains("jobs cancel"))
      #expect(try bulk("--new").code == 4)
      let jobs = try sandbox.run(.vpixelpro, "jobs", "-o", "json").records()
      #expect(jobs.texts("state") == ["planned", "abandoned"])
      let name = jobs.texts("job")[0]
      #expect(try sandbox.run(.vpixelpro, "jobs", "cancel", name).code == 0)
      #expect(try sandbox.job(name)["state"] == "abandoned")
      #expect(try sandbox.run(.vpixelpro, ["bulk", "--resume", name], variables: wrong).code == 2)
      #expect(try sandbox.run(.vpixelpro, "log", "--job", name, "-o", "json").records().count == 3)
      #expect(try bulk().code == 4)
      #expect(try sandbox.run(.vpixelpro, "jobs", "cancel", "nope").code == 2)
      #expect(try sandbox.accepted().isEmpty)
    }
  }

  @Test("A job tells its list, its account and its times, and its line fits 80 columns")
  func jobs() throws {
    try withSandbox { (sandbox) throws in
      try sandbox.writeList(phoneNumbers(2))
      #expect(try sandbox.run(.sendapp, "bulk", "list.csv", "-q").code == 0)
      let table = try sandbox.run(.sendapp, "jobs")
      #expect(table.text.split(separator: "\n").allSatisfy { $0.count <= 80 } && table.text.contains("T"))
      let job = try #require(try sandbox.run(.sendapp, "jobs", "-o", "json").records().first)
      #expect(
        job.names == [
          "job", "profile", "account", "input", "state", "created_at", "finished_at", "rows", "accepted", "failed",
          "unknown", "skipped", "pending",
        ])
      #expect(job["input"] == "list.csv")
      #expect(job["account"]?.text?.contains("http://127.0.0.1:\(sandbox.port)/sendapp") == true)
      let again = try sandbox.run(.sendapp, "bulk", "list.csv")
      #expect(again.code == 0 && again.complaints.first?.contains("this list was sent") == true, "\(again.stderr)")
      let edited = try sandbox.run(.sendapp, "bulk", "list.csv", "--job", "named", "-q")
      try sandbox.writeList(phoneNumbers(3))
      let other = try sandbox.run(.sendapp, "bulk", "list.csv", "--job", "named")
      #expect(edited.code == 0 && other.code == 2 && other.said.contains("1 new row (3)"), "\(other.stderr)")
    }
  }
}
