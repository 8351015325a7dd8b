import Application
import Testing
import TextFormats

@testable import Commands

/// Whatever is misspelt, what was perhaps meant is named.
@Suite struct SuggestionTests {
  static let configuration = """
    default_profile = "office"
    [profiles.office]
    provider = "sendapp"
    key = "secret"
    """

  static let commonMistakes: [(line: String, code: ExitCode, suggestion: String)] = [
    // Commands, and those below them.
    ("snd", .usage, "'sms send'"), ("ballance", .usage, "'sms balance'"),
    ("contacts lst", .usage, "'sms contacts list'"),
    ("config chek", .usage, "'sms config check'"), ("docter", .usage, "'sms doctor'"),
    ("contcts add", .usage, "'sms contacts'"),
    // Help.
    ("help snd", .usage, "'sms send'"), ("help contacts ad", .usage, "'sms contacts add'"),
    ("help exit-code", .usage, "'sms help exit-codes'"), ("help formts", .usage, "'sms help formats'"),
    ("help enviroment", .usage, "'sms help environment'"),
    // Options.
    ("send --dryrun +15550100001 x", .usage, "--dry-run'?"), ("--profil x send", .usage, "--profile'?"),
    ("config check --onlin", .usage, "--online'?"), ("bulk list.csv --formt csv", .usage, "--format'?"),
    ("--colour never providers", .usage, "--color'?"),
    // Values of options and operands.
    ("-o jsn providers", .usage, "json'?"), ("status --direction ot", .usage, "out'?"), ("jobs prun", .usage, "prune"),
    ("completions bsh", .usage, "bash'?"), ("config init --provider voipcom", .usage, "voipcomm'?"),
    ("--color alway providers", .usage, "always'?"), ("sandbox --fault hangg", .usage, "hang'?"),
    ("sandbox --fault drop-befor", .usage, "drop-before'?"), ("sandbox --fault slo=2", .usage, "slow'?"),
    ("sandbox --fault drop-before=2", .usage, "not a probability from 0 to 1"),
    ("log --limit al", .usage, "not a whole number or 'all'"), ("log --limit al", .usage, "did you mean 'all'?"),
    ("send 1 x --max-segments 99999999999999999999", .usage, "too large"),
    // Columns.
    ("providers --columns capabilty", .usage, "capability'?"), ("log --columns id,statsu", .usage, "status'?"),
    ("log --columns error.mesage", .usage, "error.message'?"), ("config show --columns origni", .usage, "origin'?"),
    ("doctor -o csv --columns hnt", .usage, "hint'?"),
    // Profiles.
    ("-p ofice balance", .configuration, "'office'?"), ("-p Office config show", .configuration, "'office'?"),
  ]

  @Test("On the command line", arguments: commonMistakes)
  func commandLine(line: String, code: ExitCode, suggestion: String) {
    let world = World(files: ["/home/ada/.smsrc": Self.configuration])
    let arguments = line.split(separator: " ").map(String.init)
    #expect(SMSProgram(environment: world.environment()).run(arguments) == code)
    #expect(world.complained.contains("hint: ") && world.complained.contains(suggestion), "\(world.complained)")
    #expect(world.printed.isEmpty)
  }

  static let variables: [(name: String, value: String, code: ExitCode, says: String)] = [
    ("SMS_PROFILE", "ofice", .configuration, "did you mean 'office'?"),
    ("SMS_PROVIDER", "sendap", .configuration, "did you mean 'sendapp'?"),
    ("SMS_OUTPUT", "jsonn", .configuration, "did you mean 'json'?"),
    ("SMS_TIMOUT", "5s", .success, "warning: unknown variable SMS_TIMOUT; did you mean 'SMS_TIMEOUT'?"),
    ("SMS_KEY_FIEL", "5s", .success, ""), ("SMS_KEY2", "mine", .success, ""), ("SMS_HOST", "mine", .success, ""),
  ]

  @Test("In variables; those that only begin like ours are left alone", arguments: variables)
  func variable(name: String, value: String, code: ExitCode, says: String) {
    let world = World(files: ["/home/ada/.smsrc": Self.configuration])
    #expect(world.run("config", "show", variables: ["HOME": "/home/ada", name: value]) == code)
    #expect(says.isEmpty ? world.complained.isEmpty : world.complained.contains(says), "\(world.complained)")
  }

  @Test("A variable that asks for a format there is none of is no table in silence")
  func outputVariable() {
    let world = World()
    #expect(world.run("providers", variables: ["SMS_OUTPUT": "jsn"]) == .configuration)
    #expect(world.printed.isEmpty)
    #expect(world.run("providers", "-o", "csv", variables: ["SMS_OUTPUT": "jsn"]) == .success)
  }

  @Test(
    "In the file: settings, their values, tables, the default profile",
    arguments: [
      ("default_profle = \"a\"", "did you mean 'default_profile'?"), ("[profile.a]", "did you mean 'profiles'?"),
      ("[profiles.a]\nprovider = \"sendap\"", "did you mean 'sendapp'?"),
      ("[profiles.a]\nprovider = \"sendapp\"\nkey = \"x\"\nkey_evn = \"A\"", "did you mean 'key_env'?"),
      ("[profiles.a]\nprovider = \"sendapp\"\nkey = \"x\"\noutput = \"jsn\"", "did you mean 'json'?"),
      ("[defaults]\nretrys = 2", "did you mean 'retries'?"),
      ("default_profile = \"ofice\"\n[profiles.office]\nprovider = \"sendapp\"\nkey = \"x\"", "did you mean 'office'?"),
    ])
  func file(text: String, says: String) {
    let world = World(files: ["/home/ada/.smsrc": text])
    _ = world.run("config", "check")
    #expect(world.complained.contains(says), "\(world.complained)")
  }

  static let lacking: [(text: String, hint: String)] = [
    (
      "[profiles.a]\nprovider = \"vpixelpro\"\nkye = \"abc\"",
      "hint: /home/ada/.smsrc:3:1: unknown setting 'kye'; did you mean 'key'?"
    ),
    (
      "[profiles.a]\nprovder = \"vpixelpro\"\nkey = \"abc\"",
      "hint: /home/ada/.smsrc:2:1: unknown setting 'provder'; did you mean"
    ),
    (
      "[profile.a]\nprovider = \"vpixelpro\"\nkey = \"abc\"",
      "hint: /home/ada/.smsrc:1:2: unknown setting 'profile'; did you mean"
    ),
    (
      "defualt_profile = \"a\"\n[profiles.a]\nprovider = \"smsit\"\n[profiles.b]\nprovider = \"smsit\"",
      "did you mean 'default_profile'?"
    ),
  ]

  @Test("Where something is missing, the misspelt name in its place is named", arguments: lacking)
  func somethingLacking(text: String, hint: String) {
    let world = World(files: ["/home/ada/.smsrc": text])
    #expect(world.run("balance") == .configuration)
    #expect(world.complained.contains(hint), "\(world.complained)")
  }

  @Test("An error keeps no warning from being said, and no other profile's error")
  func everything() {
    let text = """
      defualt_profile = "a"
      [defaults]
      contry_code = "+1"
      [profiles.a]
      provider = "voximplant"
      accont_id = "1"
      [profiles.b]
      provider = "sendap"
      [profiles.c]
      provider = "sendapp"
      retries = -1
      [profiles.d]
      provider = "sendapp"
      key = "abc"
      """
    let world = World(files: ["/home/ada/.smsrc": text])
    #expect(world.run("config", "check") == .configuration && world.printed.isEmpty)
    for words in ["defualt_profile", "contry_code", "accont_id"] {
      #expect(world.complained.contains("warning: ") && world.complained.contains("unknown setting '\(words)'"))
    }
    let errors = world.complained.split(separator: "\n").filter { $0.hasPrefix("sms: ") }
    #expect(errors.count == 4, "\(world.complained)")
    let records = World(files: ["/home/ada/.smsrc": text])
    #expect(records.run("config", "check", "-o", "csv", "--columns", "status") == .configuration)
    #expect(records.printed == "status\nfailed\nfailed\nfailed\nfailed\nok\n")
  }
}
