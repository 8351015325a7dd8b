import Application
import Testing

@testable import Commands

@Suite struct ConfigurationTests {
  private static let path = "/home/ada/.config/sms/config.toml"

  /// A configuration whose one profile is complete, with these lines added to it.
  private func configuration(_ lines: String = "") -> String {
    "[profiles.office]\nprovider = \"vpixelpro\"\nkey = \"abc\"\n\(lines)\n"
  }

  @Test(
    "What is wrong is said with file, line, column and the line itself, and the exit code is 3",
    arguments: [
      ("timeout = 30", "timeout must be a string, not an integer", 4, 11),
      ("timeout = \"3x\"", "timeout: not a duration", 4, 11),
      ("rate = \"fast\"", "rate: not a rate", 4, 8),
      ("retries = \"3\"", "retries must be an integer, not a string", 4, 11),
      ("devices = \"1\"", "devices must be an array such as [\"1\", \"2:0\"], not a string", 4, 11),
      (
        "country_code = \"44\"", "country_code: not a calling code", 4, 16
      ),
      ("output = \"xml\"", "output: unknown value", 4, 10),
      (
        "base_url = \"http://example.com\"", "base_url: http would send the key to example.com unencrypted", 4, 12
      ),
      ("base_url = \"https://u:p@example.com\"", "base_url: must not contain a user name or password", 4, 12),
      ("key_env = \"K\"", "key and key_env can't be used together", 3, 7),
      ("provider = \"again\"", "duplicate key 'provider' (first at line 2)", 4, 1),
    ])
  func places(line: String, message: String, at number: Int, column: Int) {
    let world = World(files: [Self.path: configuration(line)])
    #expect(world.run("config", "check") == .configuration)
    #expect(world.complained.hasPrefix("sms: \(Self.path):\(number):\(column): \(message)\n"), "\(world.complained)")
    let shown =
      number == 3 ? "key = ********" : line.hasPrefix("base_url") ? line.replacing("u:p", with: "********") : line
    #expect(world.complained.contains("\n  \(shown)\n\(String(repeating: " ", count: column + 1))^\n"))
    #expect(world.printed.isEmpty)
  }

  @Test("A sender ID is checked where it is written, whichever place that is")
  func senderID() {
    let profile = "[profiles.a]\nprovider = \"smsit\"\nkey = \"abc\"\nfrom = \"+15550100102\"\n"
    let written = World(files: [Self.path: profile + "sender_id = \"+15550100000\"\n"])
    #expect(written.run("config", "check") == .configuration)
    #expect(
      written.complained.hasPrefix("sms: \(Self.path):5:13: sender_id: not a sender ID"), "\(written.complained)")
    let send = ["send", "+15550100001", "Hello", "--dry-run"]
    let world = World(files: [Self.path: profile])
    let variables = ["HOME": "/home/ada", "SMS_SENDER_ID": "+15550100000"]
    #expect(SMSProgram(environment: world.environment(variables)).run(send) == .configuration)
    #expect(world.complained.hasPrefix("sms: SMS_SENDER_ID: not a sender ID: '+15550100000'\n"), "\(world.complained)")
    let option = World(files: [Self.path: profile])
    #expect(SMSProgram(environment: option.environment()).run(send + ["--sender-id", "1234"]) == .usage)
    #expect(option.complained.contains("--sender-id"), "\(option.complained)")
  }

  @Test("An unknown key is a warning with a suggestion")
  func unknownKey() {
    let world = World(files: [Self.path: configuration("tiemout = \"5s\"")])
    #expect(world.run("config", "check") == .success)
    #expect(world.complained == "warning: \(Self.path):4:1: unknown setting 'tiemout'; did you mean 'timeout'?\n")
  }

  @Test(
    "A valid file with no profile in it passes the check",
    arguments: ["", "# nothing\n", "[defaults]\nrate = \"5/s\"\n"])
  func noProfile(text: String) {
    let world = World(files: [Self.path: text])
    #expect(world.run("config", "check") == .success)
  }

  @Test(
    "A file that holds a secret and that others can read is refused with the command to run",
    arguments: [0o644, 0o640, 0o604])
  func permissions(mode: Int) {
    let world = World()
    world.put(Self.path, Array(configuration().utf8), mode: UInt32(mode))
    #expect(world.run("config", "show") == .configuration)
    #expect(world.complained.contains("hint: run: chmod 600 \(Self.path)\n"))
  }

  @Test("A file without a secret in it may be read by others")
  func noSecret() {
    let world = World()
    let text = "[profiles.office]\nprovider = \"vpixelpro\"\nkey_env = \"KEY\"\n"
    world.put(Self.path, Array(text.utf8), mode: 0o644)
    #expect(world.run("config", "check") == .success)
  }

  @Test(
    "Option beats variable beats profile beats defaults beats built-in",
    arguments: [
      (["--timeout", "1s"], "2s", "3s", "4s", "1s", "option --timeout"),
      ([], "2s", "3s", "4s", "2s", "variable SMS_TIMEOUT"),
      ([], "", "3s", "4s", "3s", "profile office, line 6"), ([], "", "", "4s", "4s", "[defaults], line 2"),
      ([], "", "", "", "30s", "built-in"),
    ])
  func precedence(option: [String], variable: String, profile: String, defaults: String, value: String, origin: String)
  {
    let text = """
      [defaults]
      \(defaults.isEmpty ? "" : "timeout = \"\(defaults)\"")
      [profiles.office]
      provider = "vpixelpro"
      key = "abc"
      \(profile.isEmpty ? "" : "timeout = \"\(profile)\"")
      """
    let world = World(files: [Self.path: text])
    let variables = ["HOME": "/home/ada", "SMS_TIMEOUT": variable]
    let arguments = ["config", "show", "-o", "csv", "--no-header"] + option
    #expect(SMSProgram(environment: world.environment(variables)).run(arguments) == .success)
    let expected = origin.contains(",") ? "timeout,\(value),\"\(origin)\"" : "timeout,\(value),\(origin)"
    #expect(world.printed.split(separator: "\n").contains { $0 == expected }, "\(world.printed)")
  }

  @Test("Variables alone are a configuration")
  func variablesAlone() {
    let world = World()
    let variables = ["SMS_PROVIDER": "voipcomm", "SMS_KEY": "a", "SMS_PASSWORD_ENV": "PW", "PW": "b"]
    #expect(SMSProgram(environment: world.environment(variables)).run(["config", "show", "-o", "csv"]) == .success)
    #expect(world.printed.contains("key,********,variable SMS_KEY\n"))
    #expect(world.printed.contains("password_env,PW,variable SMS_PASSWORD_ENV\n"))
  }

  @Test("A key in the place of a variable's name is not shown")
  func keyAsName() {
    let world = World()
    let variables = ["SMS_PROVIDER": "vpixelpro", "SMS_KEY_ENV": "s3cr-et"]
    #expect(SMSProgram(environment: world.environment(variables)).run(["config", "show", "-o", "csv"]) == .success)
    #expect(world.printed.contains("key_env,********,variable SMS_KEY_ENV\n"))
  }

  @Test("A provider named in the environment never gets the key of a profile for another one")
  func noForeignKey() {
    let world = World(files: [Self.path: configuration()])
    let variables = ["HOME": "/home/ada", "SMS_PROVIDER": "sendapp"]
    #expect(SMSProgram(environment: world.environment(variables)).run(["config", "show"]) == .configuration)
    #expect(
      SMSProgram(environment: world.environment(variables)).run(["-p", "office", "config", "show"]) == .configuration)
  }

  @Test(
    "Without a usable choice the profile is asked for, and the known ones are named",
    arguments: [
      ([], "no profile chosen; profiles: one, two"),
      (["-p", "tow"], "--profile: no profile 'tow'; profiles: one, two"),
    ])
  func profileChoice(arguments: [String], message: String) {
    let profile = "provider = \"vpixelpro\"\nkey = \"abc\"\n"
    let world = World(files: [Self.path: "[profiles.one]\n\(profile)[profiles.two]\n\(profile)"])
    #expect(SMSProgram(environment: world.environment()).run(arguments + ["config", "show"]) == .configuration)
    #expect(world.complained.hasPrefix("sms: \(message)\n"), "\(world.complained)")
  }

  @Test(
    "config init writes a file that passes the check, and never over another",
    arguments: [nil, "vpixelpro", "voipcomm", "voximplant", "smsit"])
  func initialised(provider: String?) {
    let world = World()
    let arguments = ["config", "init"] + (provider.map { ["--provider", $0] } ?? [])
    #expect(SMSProgram(environment: world.environment()).run(arguments) == .success)
    #expect(world.run("config", "check") == .success)
    #expect(!world.complained.contains("unknown setting"), "\(world.complained)")
    #expect(SMSProgram(environment: world.environment()).run(arguments) == .configuration)
  }

  @Test("Help works without HOME and with a broken configuration")
  func helpAlways() {
    let world = World(files: ["/broken": "]["])
    #expect(world.run("--help", variables: [:]) == .success)
    #expect(world.run("-c", "/broken", "config", "--help") == .success)
  }

  @Test("The profile in use is checked with the variables, as it is used; the others and another file without")
  func variablesInUse() {
    let keyless = "[profiles.office]\nprovider = \"sendapp\"\n"
    let other = "default_profile = \"office\"\n\(keyless)[profiles.shop]\nprovider = \"sendapp\"\n"
    let world = World(files: [Self.path: keyless, "/two.toml": other])
    let variables = ["HOME": "/home/ada", "SMS_KEY": "abc"]
    #expect(world.run("config", "check", variables: variables) == .success, "\(world.complained)")
    #expect(world.run("config", "check") == .configuration)
    #expect(world.run("config", "check", Self.path, variables: variables) == .configuration)
    #expect(world.complained.contains("profile 'office' is missing key") && !world.complained.contains("'shop'"))
    #expect(world.run("-c", "/two.toml", "config", "check", variables: variables) == .configuration)
    #expect(world.complained.contains("profile 'shop' is missing key"), "\(world.complained)")
  }

  @Test("A value that a variable takes the place of is checked all the same; and so are variables without a profile")
  func variablesBesideTheFile() {
    let world = World(files: [Self.path: configuration("timeout = \"3x\"")])
    let variables = ["HOME": "/home/ada", "SMS_TIMEOUT": "5s"]
    #expect(world.run("config", "check", variables: variables) == .configuration)
    let beside = ["HOME": "/home/ada", "SMS_PROVIDER": "smsit"]
    #expect(World(files: [Self.path: configuration()]).run("config", "check", variables: beside) == .configuration)
  }

  @Test(
    "A configuration that would be typed in is a hint and exit 2, and never waited for",
    arguments: [["config", "check", "-"], ["-c", "-", "balance"], ["-c", "-", "config", "check"]])
  func terminal(arguments: [String]) {
    let world = World(input: ["never read"])
    var environment = world.environment()
    environment.terminal.inputIsTerminal = true
    #expect(SMSProgram(environment: environment).run(arguments) == .usage)
    #expect(world.complained.contains("standard input, which is a terminal\nhint: pipe it in"), "\(world.complained)")
  }
}
