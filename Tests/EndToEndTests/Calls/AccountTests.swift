import TestSupport
import Testing
import TextFormats

/// Balances, phones, numbers and appointments.
@Suite(.ownThread) struct AccountTests {
  /// What is left in the sandbox, and after a text of one segment.
  static let balances: [(provider: Provider, options: [String], kind: String, before: JSONValue, after: JSONValue)] = [
    (.vpixelpro, [], "sms", .null, .null), (.sendapp, [], "sms", "1000000", "999999"),
    (.voximplant, [], "money", "10000.000", "9999.995"), (.smsit, [], "sms", "1000000", "999999"),
    (.smsit, ["--voice"], "voice", "500", "500"),
  ]

  @Test("A balance is what is left, and goes down with what is sent", arguments: balances)
  func balance(provider: Provider, options: [String], kind: String, before: JSONValue, after: JSONValue) throws {
    try withSandbox { sandbox in
      func balance() throws -> JSONValue { try sandbox.run(provider, ["balance", "-o", "json"] + options).json() }
      let first = try balance()
      #expect(
        first.values("provider", "profile", "kind", "amount", "unlimited") == [
          .string(provider.rawValue), .string(provider.rawValue), .string(kind), before, .bool(before == .null),
        ])
      #expect(first["currency"] == (provider == .voximplant ? "USD" : .null))
      #expect(try sandbox.run(provider, "send", "+15550100001", "Hello").code == 0)
      #expect(try balance()["amount"] == after)
    }
  }

  /// The key of an account without credit, and without limit.
  static let otherAccounts: [(provider: Provider, variables: [String: String], amount: JSONValue)] = [
    (.vpixelpro, ["SMS_KEY": "sandbox-vpixelpro-empty-key"], "0"),
    (.sendapp, ["SMS_KEY": "sandbox-sendapp-empty-key"], "0"),
    (.sendapp, ["SMS_KEY": "sandbox-sendapp-unlimited-key"], .null),
    (
      .voximplant, ["SMS_ACCOUNT_ID": "1000002", "SMS_API_KEY": "sandbox-voximplant-empty-key"], "0.000"
    ),
    (.smsit, ["SMS_KEY": "sandbox-smsit-empty-key"], "0"),
  ]

  @Test("An account with nothing left says so, and sends nothing: exit 5", arguments: otherAccounts)
  func empty(provider: Provider, variables: [String: String], amount: JSONValue) throws {
    try withSandbox { sandbox in
      let balance = try sandbox.run(provider, ["balance", "-o", "json"], variables: variables).json()
      #expect(balance.values("amount", "unlimited") == [amount, .bool(amount == .null)])
      let list = provider == .smsit ? "Friends" : "1"
      for line in [["send", "+15550100001", "Hello"], ["list-send", list, "Hello"]]
      where provider != .voximplant || line[0] == "send" {
        let run = try sandbox.run(provider, line, variables: variables)
        #expect(run.code == (amount == .null ? 0 : 5), "\(run.stderr)")
      }
      #expect(try sandbox.log().isEmpty == (amount != .null))
    }
  }

  @Test("Phones come with their SIMs, whichever way the host writes them", arguments: [Provider.vpixelpro, .sendapp])
  func devices(provider: Provider) throws {
    try withSandbox { sandbox in
      let devices = try sandbox.run(provider, "devices", "-o", "json").records()
      #expect(devices.texts("id") == ["1", "2"])
      #expect(devices.first?.values("name", "model", "android_version") == ["Front desk", "Sandbox One", "14"])
      #expect(
        devices.first?["sims"] == [
          ["slot": 0, "label": "Sandbox Mobile [+15550100210]"], ["slot": 1, "label": "Sandbox Mobile [+15550100211]"],
        ])
      let table = try sandbox.run(provider, "devices").text
      #expect(table.contains("0 Sandbox Mobile [+15550100210], 1 Sandbox Mobile [+15550100211]\n"))
    }
  }

  @Test("A number that is switched on can be sent from, and off again it can't")
  func numbers() throws {
    try withSandbox { sandbox in
      let number = "+15550100105"
      func send() throws -> Int32 {
        try sandbox.run(.voximplant, "send", "+15550100001", "Hello", "--from", number).code
      }
      func turn(_ word: String) throws -> JSONValue {
        try sandbox.run(.voximplant, "numbers", word, number, "-o", "json").json()
      }
      #expect(try send() == 1)
      #expect(try turn("enable") == ["number": .string(number), "enabled": true])
      #expect(try send() == 0)
      #expect(try turn("disable") == ["number": .string(number), "enabled": false])
      #expect(try send() == 1)
      let foreign = try sandbox.run(.voximplant, "numbers", "enable", "+15550100001", "-o", "json")
      #expect(foreign.code == 1)
      #expect(try JSONValue(parsing: Array(foreign.stderr.utf8))["error"]?["code"] == "101")
    }
  }

  @Test("An appointment is noted once", arguments: ["unconfirmed", "confirmed", "canceled", "rescheduled"])
  func appointments(status: String) throws {
    try withSandbox { sandbox in
      func add(_ number: String) throws -> Run {
        try sandbox.run(
          .smsit, "appointments", "add", number, "--at", "2099-12-31T23:59:30Z", "--status", status, "-o", "json")
      }
      let first = try add("+15550100001")
      #expect(first.code == 0, "\(first.stderr)")
      #expect(
        try first.json() == ["number": "+15550100001", "at": "2099-12-31T23:59:00Z", "status": .string(status)])
      let second = try add("+15550100001")
      #expect(second.code == 1 && second.stderr.contains("Appointment already exists"))
      let stranger = try add("+15559990001")
      #expect(stranger.code == 1 && stranger.stderr.contains("Contact not found."))
    }
  }
}
