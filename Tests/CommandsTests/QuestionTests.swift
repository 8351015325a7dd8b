import Application
import Testing
import TextFormats

@testable import Commands

@Suite struct QuestionTests {
  /// A command, a provider that can, what it answers, and what is printed as one JSON line.
  private static let answers: [(String, String, String, String)] = [
    (
      "balance", "vpixelpro", #"{"success":true,"data":{"credits":null},"error":null}"#,
      #"{"provider":"vpixelpro","profile":null,"kind":"sms","amount":null,"unlimited":true,"currency":null}"#
    ),
    (
      "balance --voice", "smsit", #"{"status":0,"creditbalancenumber":"12.5"}"#,
      #"{"provider":"smsit","profile":null,"kind":"voice","amount":"12.5","unlimited":false,"currency":null}"#
    ),
    (
      "balance", "voximplant", #"{"result":{"balance":1.25,"currency":"USD"}}"#,
      #"{"provider":"voximplant","profile":null,"kind":"money","amount":"1.25","unlimited":false,"currency":"USD"}"#
    ),
    (
      "devices", "sendapp",
      #"{"success":true,"data":{"devices":[{"id":1,"name":"A","sims":{"0":"One"}}]},"error":null}"#,
      #"{"id":"1","name":"A","model":null,"android_version":null,"app_version":null,"last_seen_at":null,"#
        + #""sims":[{"slot":0,"label":"One"}]}"#
    ),
    (
      "numbers disable +15550100000", "voximplant", #"{"result":1}"#,
      #"{"number":"+15550100000","enabled":false}"#
    ),
    ("otp verify 123456", "smsit", #"{"status":0}"#, #"{"code":"123456","to":null,"valid":true,"message":null}"#),
    (
      "appointments add +15550100001 --at 2026-03-02T09:30:00Z --status canceled", "smsit", #"{"status":0}"#,
      #"{"number":"+15550100001","at":"2026-03-02T09:30:00Z","status":"canceled"}"#
    ),
    (
      "contacts unsubscribe +15550100001 --list 1", "vpixelpro",
      #"{"success":true,"data":{"contact":{"ID":4,"number":"+15550100001","subscribed":false}},"error":null}"#,
      #"{"id":"4","list":"1","number":"+15550100001","name":null,"email":null,"birthday":null,"subscribed":false,"#
        + #""source":null,"created_at":null}"#
    ),
  ]

  @Test("An answer becomes a record", arguments: answers)
  func answer(line: String, provider: String, reply: String, printed: String) {
    let world = World(answers: [.json(reply)])
    #expect(world.run(line: "\(line) -o jsonl", with: provider) == .success, "\(world.complained)")
    #expect(world.printed == printed + "\n")
  }

  @Test("SIMs are read in a table, and parsed in CSV")
  func sims() {
    let reply = ScriptedNetwork.Answer.json(
      #"{"success":true,"data":{"devices":[{"id":1,"sims":{"0":"Alpha","1":"Beta"}},{"id":2,"sims":[null]}]},"error":null}"#
    )
    let table = World(answers: [reply])
    #expect(table.run(line: "devices --columns id,sims", with: "vpixelpro") == .success)
    #expect(table.printed == "ID  SIMS\n1   0 Alpha, 1 Beta\n2   0\n")
    let csv = World(answers: [reply])
    #expect(csv.run(line: "devices -o csv --columns sims --no-header", with: "vpixelpro") == .success)
    #expect(csv.printed.hasPrefix(#""[{""slot"":0,""label"":""Alpha""},{""slot"":1,""label"":""Beta""}]""#))
  }

  @Test(
    "What went wrong with a question decides the exit code, and nothing is printed",
    arguments: [
      (.json("{}"), .refused), (.json(""), .refused), (.status(500), .refused), (.noReply, .refused),
      (.status(401), .credentials), (.unreachable, .unavailable), (.status(429), .unavailable),
      (.json(#"{"success":false,"error":{"code":500,"message":"no"}}"#), .refused),
    ] as [(ScriptedNetwork.Answer, ExitCode)])
  func failure(answer: ScriptedNetwork.Answer, code: ExitCode) {
    for line in ["balance", "devices", "ussd list", "contacts add +15550100001 --list 1"] {
      let world = World(answers: [answer])
      #expect(world.run(line: "\(line) --retries 0 -o json", with: "vpixelpro") == code)
      #expect(world.printed == "")
      #expect(world.complained.hasPrefix("{\"error\":"))
    }
  }

  @Test(
    "What a provider can't do is exit 7 and says so, and nothing is asked",
    arguments: [
      ("balance", "voipcomm", "balance"), ("balance --voice", "vpixelpro", "balance --voice"),
      ("devices", "smsit", "devices"), ("ussd send *1# --device 1", "smsit", "ussd send"),
      ("otp generate", "sendapp", "otp generate"), ("numbers enable +15550100000", "smsit", "numbers enable"),
      ("contacts list", "vpixelpro", "contacts list"), ("webhook verify --signature x -", "smsit", "webhook verify"),
      ("contacts add +15550100001 --list 1 --email a@example.com", "vpixelpro", "contacts add --email"),
      ("contacts add +15550100001 --list Friends --resubscribe", "smsit", "contacts add --resubscribe"),
    ])
  func unsupported(line: String, provider: String, what: String) {
    let world = World(answers: [])
    var variables = World.profile(provider)
    if provider == "voipcomm" { variables["SMS_PASSWORD"] = "secret" }
    let code = SMSProgram(environment: world.environment(variables)).run(line.split(separator: " ").map(String.init))
    #expect(code == .unsupported)
    #expect(world.complained.contains("doesn't support \(what)\n"))
    #expect(world.requests.isEmpty)
  }

  @Test(
    "A wrong input is exit 2, and nothing is asked",
    arguments: [
      ("contacts add 5550100001 --list 1", "vpixelpro"), ("contacts add +15550100001", "vpixelpro"),
      ("contacts add +15550100001 --list Friends", "vpixelpro"),
      ("contacts add +15550100001 --list A --birthday 1990-02-30", "smsit"),
      ("contacts list --limit 0", "smsit"), ("contacts list --limit 3x", "smsit"),
      ("contacts list --subscribed maybe", "smsit"), ("contacts list --page 0", "smsit"),
      ("contacts list --number Ada", "smsit"),
      ("ussd send *1#", "vpixelpro"), ("ussd send *1# --device 1 --wait-timeout 5s", "vpixelpro"),
      ("ussd send *1# --device x", "vpixelpro"), ("ussd status x17", "vpixelpro"),
      ("ussd list --since yesterday", "vpixelpro"), ("numbers enable 1", "voximplant"),
      ("appointments add +15550100001 --at 2026-02-28T09:00:00Z --status canceled", "smsit"),
      ("appointments add +15550100001 --at +1d --status done", "smsit"),
      ("balance --columns code", "vpixelpro"), ("devices --columns code", "vpixelpro"),
      ("contacts list --columns code", "smsit"), ("otp generate --columns id", "smsit"),
      ("ussd list --columns code", "vpixelpro"),
      ("otp send +15550100001 --message Hello", "smsit"),
      ("otp send +15550100001 --message {{code}}{{name}}", "smsit"),
      ("otp send +15550100001 --message {{code", "smsit"), ("otp send 1 --message {{code}}", "smsit"),
      ("webhook verify", "vpixelpro"), ("webhook verify --signature x nowhere", "vpixelpro"),
    ])
  func wrongInput(line: String, provider: String) {
    let world = World(answers: [])
    #expect(world.runWithoutFetching(line: line, with: provider) == .usage, "\(world.complained)")
    #expect(world.requests.isEmpty)
    #expect(world.printed == "")
  }
}
