import Application
import Testing
import TextFormats

@testable import Commands

/// `sms sendmail` takes the place of sendmail: its flags, its exit codes, and mails as programs write them.
@Suite struct SendmailCommandTests {
  private static let mail = "From: root\nTo: root\nSubject: Cron <root@web1> backup\n\nno space left\n"
  private static let text = "Cron <root@web1> backup\nno space left"

  private func run(
    _ line: String, _ mail: String = mail, answers: [ScriptedNetwork.Answer]? = nil,
    variables: [String: String] = [:]
  ) -> (code: Int32, world: World) {
    let world = World(input: [mail], answers: answers)
    let code = world.run(line: "sendmail \(line)", with: "vpixelpro", variables: variables)
    return (code.number, world)
  }

  /// To and text of what would be sent.
  private func planned(
    _ line: String, _ mail: String = mail, variables: [String: String] = [:]
  ) throws -> (to: [String], text: String) {
    let (code, world) = run("--dry-run --json \(line)", mail, variables: variables)
    #expect(code == 0, "\(line): \(world.complained)")
    let records = try JSONValue(parsing: Array(world.printed.utf8)).array ?? []
    return (records.compactMap { $0["to"]?.text }, records.first?["body"]?.text ?? "")
  }

  @Test(
    "The ways in which programs call sendmail",
    arguments: [
      // Debian's cron, cronie, mdadm, fail2ban, git, PHP.
      "-FCronDaemon -i -B8BITMIME -oem root", "-FCronDaemon -i -odi -oem -oi -t -f root", "-t", "-f fail2ban root",
      "-t -i", "-ti", "-oi -t", "-i -f root@web1 -- root", "-bm -v root", "-f <> -N never -R hdrs -V x -O a=b root",
      "-itf root", "-t -o i", "-Ac -em -n -G -U -L tag root",
    ])
  func flags(line: String) throws {
    let plan = try planned("--to +15550100001 \(line)")
    #expect(plan.to == ["+15550100001"])
    #expect(plan.text == Self.text)
  }

  @Test(
    "Which addresses are numbers",
    arguments: [
      ("+15550100001", ["+15550100001"]), ("+15550100001@web1.example.com", ["+15550100001"]),
      ("15550100001@sms", ["+15550100001"]), ("15550100001@SMS", ["+15550100001"]),
      ("+15550100001,+15550100002,root", ["+15550100001", "+15550100002", "+15550100009"]),
      ("+15550100001 +15550100002 +15550100001 root", ["+15550100001", "+15550100002", "+15550100009"]),
      // Somebody's mailbox, and not somebody's phone.
      ("15550100001@example.com", ["+15550100009"]), ("root@web1", ["+15550100009"]), ("", ["+15550100009"]),
    ])
  func recipients(line: String, numbers: [String]) throws {
    #expect(try planned(line, variables: ["SMS_SENDMAIL_TO": "+15550100009"]).to == numbers)
  }

  @Test("Digits alone are read as anywhere: with the country code of the profile")
  func nationalNumber() throws {
    #expect(try planned("5550100001", variables: ["SMS_COUNTRY_CODE": "+1"]).to == ["+15550100001"])
  }

  @Test(
    "What can't be sent has the exit code that sendmail would have",
    arguments: [
      ("-bs", 64), ("-bd", 64), ("-q30m", 64), ("--nope", 64), ("", 64), ("--max-segments 0 +15550100001", 64),
      ("root", 67), ("root@example.com +15550100001", 67), ("+1555", 67), ("5550100001", 67), ("a@b -t", 67),
      ("-p nope +15550100001", 78), ("root --to nobody", 64), ("root --to 1,", 64),
    ])
  func errors(line: String, code: Int32) {
    let run = run(line)
    #expect(run.code == code, "\(line): \(run.world.complained)")
    #expect(!run.world.complained.isEmpty && run.world.printed.isEmpty)
  }

  @Test(
    "A mail without a text is a bad mail", arguments: ["", "\n", "To: root\n\n \n", "Content-Type: image/png\n\nx"])
  func noText(mail: String) {
    #expect(run("+15550100001", mail).code == 65)
  }

  @Test(
    "Only what surely was not taken may be tried again",
    arguments: [
      (.message(1, "Pending"), 0), (.noMessage, 69), (.noReply, 69), (.status(500), 69), (.unreachable, 75),
      (.status(429), 75), (.status(401), 77),
    ] as [(ScriptedNetwork.Answer, Int32)])
  func outcomes(answer: ScriptedNetwork.Answer, code: Int32) {
    let run = run("+15550100001 --retries 0", "Subject: hi\n", answers: [answer])
    #expect(run.code == code, "\(run.world.complained)")
    #expect(run.world.complained.isEmpty == (code == 0))
    #expect(run.world.printed.isEmpty)
  }

  @Test("When some got it and others may be tried again, nobody is told to try again")
  func partlySent() {
    let world = World(input: [Self.mail], answers: [.json(#"{"status":0}"#), .unreachable])
    let line = "sendmail --retries 0 +15550100001 +15550100002"
    let code = world.run(line: line, with: "smsit", variables: ["SMS_CONCURRENCY": "1"])
    #expect(code.number == 69, "\(world.complained)")
  }

  @Test("What a hint about a mail without a key says can be done", arguments: [("", false), (" --key k", true)])
  func unknownHint(option: String, canReconcile: Bool) {
    let world = World(input: ["Message-ID: <1@web1>\nSubject: hi\n"], answers: [.noReply])
    #expect(world.run(line: "sendmail +15550100001\(option)", with: "vpixelpro").number == 69)
    #expect(world.complained.contains("--reconcile") == canReconcile, "\(world.complained)")
  }

  @Test("A mail that is handed over again is sent once to each, and one without a name each time")
  func again() {
    for (header, sent) in [("Message-ID: <1@web1>\n", 2), ("", 4)] {
      let world = World(
        network: ScriptedNetwork { .messages([($0.contains("0100002") ? 2 : 1, "Pending")]) })
      for to in ["+15550100001", "+15550100002", "+15550100001", "+15550100002"] {
        world.type("\(header)Subject: hi\n")
        #expect(world.run(line: "sendmail \(to)", with: "vpixelpro").number == 0, "\(world.complained)")
      }
      #expect(world.requests.count == sent)
    }
  }

  @Test("A long mail is cut to the segments allowed, and says so with dots", arguments: [1, 3])
  func long(segments: Int) throws {
    let mail = "Subject: “Log”\n\n" + String(repeating: "many words ", count: 500)
    let text = try planned("+15550100001 --max-segments \(segments)", mail).text
    #expect(text.hasPrefix("\"Log\"\nmany words") && text.hasSuffix("..."))
    #expect(text.count == (segments == 1 ? 160 : 153 * segments))
  }

  @Test("Bytes that are not in the character set that they are said to be in are not lost")
  func wrongCharset() throws {
    for charset in ["utf-8", "us-ascii", "nope", "x\"; rm", "iso-8859-15", "utf-16"] {
      let head = "Content-Type: text/plain; charset=\(charset)\nContent-Transfer-Encoding: quoted-printable\n\n"
      #expect(try planned("+15550100001", head + "caf=E9 at nine\n").text.count > 5, "\(charset)")
    }
  }

  @Test("What says that it is Latin-1 is read as Windows has it")
  func latin() throws {
    let head = "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n"
    #expect(try planned("+15550100001", head + "5 =80 =96 caf=E9\n").text == "5 € - café")
  }

  @Test("-n is a dry run, as the help says")
  func dryRun() {
    let (code, world) = run("-n +15550100001")
    #expect(code == 0)
    #expect(world.printed.contains("planned"))
  }

  @Test(
    "Called sendmail, it is sendmail, whose -n and -h mean something else",
    arguments: ["-i root --to +15550100001", "-n root --to +15550100001", "-in -h 5 root --to +15550100001"])
  func calledSendmail(line: String) {
    let world = World(input: [Self.mail])
    let program = SMSProgram(environment: world.environment(World.profile("vpixelpro")))
    let arguments = (line.split(separator: " ") + ["-v", "--dry-run"]).map { Array($0.utf8) }
    #expect(program.run(arguments, calledAs: "sendmail") == .success)
    #expect(world.printed.contains("no space left"))
    #expect(program.run([Array("-FJ".utf8) + [0xFC]], calledAs: "sendmail").number == 64)
  }
}
