import Messaging
import Testing

@testable import Application
@testable import Commands

/// After a refusal, or where no connection comes about, the hint leads somewhere.
@Suite struct HintTests {
  @Test(
    "A device, list, group or sender that is refused: the command that lists them, or where else they are",
    arguments: [
      (
        "vpixelpro", "send +15550100001 hi --device 9",
        #"{"success":false,"error":{"message":"This device doesn't exist."}}"#,
        "'sms devices' lists the devices"
      ),
      (
        "sendapp", "ussd send *1# --device 9", #"{"success":false,"error":{"message":"This device doesn't exist."}}"#,
        "'sms devices' lists the devices"
      ),
      (
        "vpixelpro", "list-send 7 hi", #"{"success":false,"error":{"message":"This contacts list doesn't exist."}}"#,
        "on V Pixel Pro's website"
      ),
      (
        "smsit", "contacts add +15550100004 --list Nope", #"{"status":"-5","msg":"The group passed in is invalid."}"#,
        "'sms contacts list' lists contacts with their groups"
      ),
      ("smsit", "list-send Nope hi", #"{"status":"-4","msg":"The group is invalid."}"#, "'sms contacts list' lists"),
      (
        "smsit", "send +15550100001 hi --from +15550109000", #"{"status":"-4","msg":"The 'from' number isn't yours."}"#,
        "'sms config show' shows the sender in use"
      ),
      (
        "voximplant", "send +15550100001 hi --from +15550109000",
        #"{"error":{"code":101,"msg":"Invalid arguments: 'source' is not a number of this account."}}"#,
        "'sms config show' shows the sender in use"
      ),
    ])
  func refused(provider: String, line: String, answer: String, hint: String) {
    let world = World(answers: [.json(answer)])
    #expect(world.run(line: line, with: provider) == .refused, "\(world.complained)")
    #expect(world.complained.contains("hint: ") && world.complained.contains(hint), "\(world.complained)")
  }

  @Test("The command is for the profile that was named")
  func profile() {
    let file =
      "[profiles.a]\nprovider = \"vpixelpro\"\nkey = \"K3Y\"\n[profiles.b]\nprovider = \"sendapp\"\nkey = \"K3Y\"\n"
    let world = World(
      files: ["/home/ada/.smsrc": file],
      answers: [.json(#"{"success":false,"error":{"message":"This device doesn't exist."}}"#)])
    #expect(world.run("-p", "b", "send", "+15550100001", "hi", "--device", "9") == .refused)
    #expect(world.complained.contains("'sms --profile b devices' lists"), "\(world.complained)")
  }

  @Test(
    "A certificate that isn't accepted: the probable cause, and how to look at it",
    arguments: [
      ("SSL certificate problem: certificate has expired", "clock"),
      ("SSL certificate problem: certificate is not yet valid", "clock"),
      (
        "SSL: no alternative certificate subject name matches target host name 'sms.example.com'",
        "check the name in base_url"
      ),
      ("SSL certificate problem: self-signed certificate", "ca_file"),
      ("SSL certificate problem: unable to get local issuer certificate", "ca_file"),
      ("server certificate verification failed. CAfile: none CRLfile: none", "ca_file"),
    ])
  func certificate(reason: String, word: String) throws {
    let label = ProviderLabel(name: "x", title: "X", baseURL: "https://sms.example.com/api")
    let hint = try #require(label.hint(for: ProviderError(.unreachable, message: reason)))
    #expect(hint.contains(word) && hint.hasSuffix("'sms doctor' shows more"))
  }

  @Test("Without a connection: the doctor, or on this machine the sandbox")
  func unreachable() {
    let error = ProviderError(.unreachable, message: "Failed to connect")
    #expect(
      ProviderLabel(name: "x", title: "X", baseURL: "https://example.com").hint(for: error)?.contains("'sms doctor'")
        == true)
    #expect(
      ProviderLabel(name: "x", title: "X", baseURL: "http://127.0.0.1:8").hint(for: error)?.contains("sandbox") == true)
  }
}

/// What never left is called so where people read it.
@Suite struct NotSentTests {
  private static let taken = ScriptedNetwork.Answer.json(#"{"status":0}"#)
  private static let list = "to,message\n+15550100001,hi\n+15550100002,hi\n"

  @Test(
    "A message that will never leave isn't called planned in tables; one that may still is, and so are all to programs",
    arguments: [
      ("send +15550100001,+15550100002 hi", "smsit", [taken], "not sent"),
      ("send +15550100001,+15550100002 hi --key k", "smsit", [taken], "planned"),
      ("resend 1 2", "vpixelpro", [.message(1, "Pending")], "not sent"),
      ("bulk list.csv --job j", "smsit", [taken], "planned"),
      ("list-send Friends hi", "smsit", [.status(429)], "not sent"),
      ("list-send Friends hi --key k", "smsit", [.status(429)], "planned"),
      ("otp send +15550100001", "smsit", [.json(#"{"status":0,"otp":"482913"}"#), .status(429)], "not sent"),
    ] as [(String, String, [ScriptedNetwork.Answer], String)])
  func unsent(line: String, provider: String, answers: [ScriptedNetwork.Answer], word: String) {
    let world = World(files: ["list.csv": Self.list], answers: answers, signal: (2, answers.count))
    let variables = ["SMS_CONCURRENCY": "1", "SMS_RETRIES": "0"]
    #expect(world.run(line: line, with: provider, variables: variables) == .signal(2), "\(world.complained)")
    if !line.hasPrefix("bulk"), !line.hasPrefix("otp") { #expect(world.printed.contains(word), "\(world.printed)") }
    let start = world.printed.count
    #expect(world.run(line: "log", with: provider) == .success)
    // What a single command didn't send, and nothing else will, isn't kept.
    #expect(world.printed.dropFirst(start).contains("planned") == (word == "planned"), "\(line): \(world.printed)")
  }

  @Test("Once a job is closed, what is left of it is not sent")
  func closed() {
    let world = World(files: ["list.csv": "to,message\n+15550100001,hi\n"], answers: [], signal: (2, 0))
    #expect(world.run(line: "bulk list.csv --job j", with: "smsit") == .signal(2))
    #expect(world.run(line: "jobs cancel j", with: "smsit") == .success)
    #expect(world.run(line: "log --job j", with: "smsit") == .success)
    #expect(world.printed.contains("not sent"), "\(world.printed)")
  }

  @Test("That a list is sent again isn't said, nor asked, where an unfinished run of it keeps it from being sent")
  func notAgain() {
    let world = World(
      files: ["list.csv": "to,message\n+15550100001,hi\n"], answers: [.message(1, "Pending"), .wrongKey])
    #expect(world.run(line: "bulk list.csv --job j", with: "vpixelpro") == .success, "\(world.complained)")
    #expect(world.run(line: "bulk list.csv --new", with: "vpixelpro") == .credentials, "\(world.complained)")
    #expect(world.run(line: "bulk list.csv", with: "vpixelpro") == .busy, "\(world.complained)")
    #expect(!world.complained.contains("sent again"), "\(world.complained)")
    #expect(world.complained.contains("is unfinished: 1 of 1 row not sent"), "\(world.complained)")
  }
}
