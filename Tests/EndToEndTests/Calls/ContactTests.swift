import TestSupport
import Testing
import TextFormats

/// Contacts that providers keep, and the lists that texts are sent to.
@Suite(.ownThread) struct ContactTests {
  @Test(
    "A contact of a gateway joins, leaves and comes back; a list send reaches who is there",
    arguments: [Provider.vpixelpro, .sendapp])
  func gateway(provider: Provider) throws {
    try withSandbox { sandbox in
      func contact(_ arguments: String...) throws -> [JSONValue?] {
        let run = try sandbox.run(provider, ["contacts"] + arguments + ["--list", "1", "-o", "json"])
        #expect(run.code == 0, "\(run.stderr)")
        return try run.json().values("number", "list", "name", "subscribed")
      }
      func reached() throws -> [String] {
        let before = (try? sandbox.log().count) ?? 0
        let run = try sandbox.run(provider, "list-send", "1", "Hello", "-o", "json")
        #expect(run.code == 0, "\(run.stderr)")
        let numbers = try sandbox.log().dropFirst(before).map(\.to)
        #expect(try run.records().texts("to") == numbers)
        return numbers
      }
      let friends = ["+15550100001", "+15550100002", "+15550100003"]
      let ada = "+15550119000"
      #expect(try contact("add", ada, "--name", "Ada Ü.") == [.string(ada), "1", "Ada Ü.", true])
      #expect(try reached() == friends + [ada])
      let twice = try sandbox.run(provider, "contacts", "add", ada, "--list", "1")
      #expect(twice.code == 1, "someone who is there already is refused")
      #expect(try contact("unsubscribe", ada) == [.string(ada), "1", "Ada Ü.", false])
      #expect(try reached() == friends)
      #expect(try contact("add", ada, "--resubscribe") == [.string(ada), "1", "Ada Ü.", true])
      #expect(try reached() == friends + [ada])
    }
  }

  @Test("A list that is not there is refused in the gateway's own words", arguments: [Provider.vpixelpro, .sendapp])
  func unknownList(provider: Provider) throws {
    try withSandbox { sandbox in
      for line in [
        ["contacts", "add", "+15550119000", "--list", "9"], ["contacts", "unsubscribe", "+15550100001", "--list", "9"],
        ["list-send", "9", "Hello"],
      ] {
        let run = try sandbox.run(provider, line)
        #expect(run.code == 1 && run.stderr.contains("This contacts list doesn't exist in database."), "\(run.stderr)")
      }
      #expect(try sandbox.log().isEmpty)
    }
  }

  @Test("SMS-iT sends to contacts only: one that is added is found, and can be sent to")
  func smsit() throws {
    try withSandbox { sandbox in
      let ada = "+15559990001"
      #expect(try sandbox.run(.smsit, "send", ada, "Hello").code == 1)
      let added = try sandbox.run(
        .smsit, "contacts", "add", ada, "--list", "Friends", "--name", "Ada New", "--email", "new@example.com",
        "--birthday", "1990-01-31", "-o", "json")
      #expect(added.code == 0, "\(added.stderr)")
      #expect(
        try added.json().values("number", "list", "name", "email", "birthday", "subscribed") == [
          .string(ada), "Friends", "Ada New", "new@example.com", "1990-01-31", true,
        ])
      #expect(try sandbox.run(.smsit, "send", ada, "Hello").code == 0)
      for options in [["--name", "ada new"], ["--email", "new@"], ["--number", "5559990001"]] {
        let found = try sandbox.run(.smsit, ["contacts", "list", "-o", "json"] + options).records()
        #expect(found.map { $0["number"] } == [.string(ada)], "\(options)")
        #expect(found.first?.values("email", "birthday", "subscribed") == ["new@example.com", "1990-01-31", true])
      }
      #expect(try sandbox.run(.smsit, "list-send", "Friends", "Hello").code == 0)
      #expect(try sandbox.log().map(\.to).filter { $0 == ada }.count == 2)
    }
  }

  /// A search in the sandbox's `Friends`, and the names it finds.
  static let searches: [(options: [String], names: [String])] = [
    ([], ["Chen", "Björn Example", "Ada Example"]),
    (["--sort", "name"], ["Ada Example", "Björn Example", "Chen"]),
    (["--sort", "name", "--descending"], ["Chen", "Björn Example", "Ada Example"]),
    (["--sort", "number", "--limit", "2"], ["Ada Example", "Björn Example"]),
    (["--sort", "created"], ["Ada Example", "Björn Example", "Chen"]),
    (["--sort", "number", "--limit", "2", "--page", "2"], ["Chen"]),
    (["--page", "7", "--limit", "2"], []),
    (["--source", "sms"], ["Ada Example"]), (["--source", "web-widget"], ["Björn Example"]),
    (["--source", "kiosk"], ["Chen"]), (["--source", "import"], []),
    (["--subscribed", "yes", "--name", "example", "--sort", "name"], ["Ada Example", "Björn Example"]),
    (["--subscribed", "no"], []), (["--email", "ada@example.com"], ["Ada Example"]),
    (["--number", "+1 (555) 010-0002"], ["Björn Example"]),
  ]

  @Test("Contacts of SMS-iT are searched, sorted and cut into pages", arguments: searches)
  func search(options: [String], names: [String]) throws {
    try withSandbox { sandbox in
      let run = try sandbox.run(.smsit, ["contacts", "list", "--list", "Friends", "-o", "json"] + options)
      #expect(run.code == 0, "\(run.stderr)")
      #expect(try run.records().texts("name") == names)
    }
  }

  @Test("Who has left shows in no list of subscribers, and the other way round")
  func former() throws {
    try withSandbox { sandbox in
      func names(_ subscribed: String) throws -> [String] {
        try sandbox.run(.smsit, "contacts", "list", "--name", "dora", "--subscribed", subscribed, "-o", "json")
          .records().texts("name")
      }
      let (former, present) = (try names("no"), try names("yes"))
      #expect(former == ["Dora Former"] && present.isEmpty)
    }
  }

  @Test("All contacts are read, however many pages they take, and each once")
  func pages() throws {
    try withSandbox { sandbox in
      func count(_ options: String...) throws -> (ids: [Substring], run: Run) {
        let columns = ["-o", "csv", "--columns", "id", "--no-header"]
        let run = try sandbox.run(.smsit, ["contacts", "list"] + columns + options)
        return (run.text.split(separator: "\n"), run)
      }
      // More than are read by default, in more than twenty pages of the provider.
      let matches = phoneNumbers(10_000).count { $0.contains("03") }
      let all = try count("--limit", "all", "--list", "Everyone", "--number", "03")
      #expect(all.run.code == 0 && all.run.stderr.isEmpty && matches > 1000)
      #expect(all.ids.count == matches && Set(all.ids).count == matches)
      let usual = try count()
      #expect(usual.ids.count == 1000 && usual.run.stderr.contains("--limit"))
    }
  }

  @Test("SMS-iT refuses in the words of each call's own table")
  func refusals() throws {
    try withSandbox { sandbox in
      let refusals: [(line: [String], code: JSONValue, words: String)] = [
        (["contacts", "add", "+15559990001", "--list", "Nobody"], "-5", "The group passed in is invalid"),
        (["contacts", "add", "+15550100001", "--list", "Friends"], "-7", "already subscribed for"),
        (["contacts", "list", "--list", "Nobody"], "-2", "The group passed in is invalid or does not exist."),
        (["list-send", "Nobody", "Hello"], "-6", "The group passed in is invalid or does not exist."),
        (["list-send", "Empty", "Hello"], "-15", "No subscribers found in group."),
        (["list-send", "Friends", "Hello", "--from", "+15550100199"], "-3", "doesn't exist in your account"),
      ]
      for (line, code, words) in refusals {
        let run = try sandbox.run(.smsit, line + ["-o", "json"])
        #expect(run.code == 1, "\(line): \(run.stderr)")
        let error = try JSONValue(parsing: Array(run.stderr.utf8))["error"]
        #expect(error?["code"] == code && error?["message"]?.text?.contains(words) == true, "\(run.stderr)")
      }
    }
  }
}
