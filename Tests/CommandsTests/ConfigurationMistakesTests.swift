import Application
import Testing
import TextFormats

@testable import Commands

/// All that is wrong with a configuration is told at once, each with its place.
@Suite struct ConfigurationMistakesTests {
  private static let path = "/home/ada/.config/sms/config.toml"
  private static let secret = "S3CRETabcdef"

  private func world(_ text: String) -> World { World(files: [Self.path: text]) }

  /// Line and column of each mistake that was told, in their order.
  private func places(_ world: World) -> [String] {
    world.complained.split(separator: "\n").compactMap { line in
      guard line.hasPrefix("sms: \(Self.path):") else { return nil }
      return line.dropFirst("sms: \(Self.path):".count).split(separator: ":").prefix(2).joined(separator: ":")
    }
  }

  private static let files: [(text: String, places: [String])] = [
    ("[profiles.a]\nprovider = \"vpixelpro\"\nkey = \"abc\"\ntimeout = 30\nrate = \"fast\"\n", ["4:11", "5:8"]),
    ("[profiles.a]\nprovider = \"pigeon\"\nkey = \"abc\"\ntimeout = 30\n", ["2:12", "4:11"]),
    ("[profiles.a]\nkey = \"abc\"\ntimeout = 30\ntiemout = 1\n", ["1:11", "3:11", "4:1"]),
    ("[profiles.a]\nprovider = \"voipcomm\"\nretries = \"3\"\n", ["1:11", "3:11"]),
    ("[profiles.a]\nprovider = vpixelpro\nkey \"abc\"\nrate = \"fast\"\n", ["2:12", "3:5", "4:8"]),
    (
      "default_profile = \"z\"\n[profiles.a]\nprovider = \"vpixelpro\"\nkey = \"abc\"\nretries = -1\n",
      ["1:19", "5:11"]
    ),
    ("default_profile = 1\ndefaults = 2\n[profiles]\na = 3\n", ["1:19", "2:12", "4:5"]),
    (
      "[profiles.a]\nprovider = \"vpixelpro\"\nkey = \" abc\"\ntime_zone = \"Mars/X\"\nca_file = \"x.pem\"\n",
      ["3:7", "4:13", "5:11"]
    ),
    (
      "[profiles.a]\nprovider = \"voipcomm\"\nkey = 1\npassword_env = \"A\"\npassword = \"b\"\nbase_url = \"x\"\n",
      ["3:7", "5:12", "6:12"]
    ),
    ("[profiles.a]\nprovider = \"vpixelpro\"\nkey = \"abc\"\nrate = \"fast\"\n[profiles.a]\n", ["4:8", "5:11"]),
  ]

  @Test("Every command that needs a profile tells all mistakes, in the order of the file", arguments: files)
  func all(text: String, expected: [String]) {
    for line in [["config", "check"], ["send", "+15550100001", "hi"], ["balance"], ["config", "show"]] {
      let world = world(text)
      let code = SMSProgram(environment: world.environment()).run(line)
      // Files and secrets are looked at where they are needed.
      guard line.last != "show" || code != .success else { continue }
      #expect(code == .configuration)
      // There a name that is unknown is a line with a warning.
      let expected = line.last == "check" && text.contains("tiemout") ? expected.dropLast() : expected
      #expect(places(world) == expected, "\(line): \(world.complained)")
    }
  }

  @Test("config check looks into every profile, and says once what [defaults] gets wrong")
  func everyProfile() {
    let profile = "provider = \"vpixelpro\"\nkey = \"abc\"\n"
    let world = world(
      "[defaults]\nretries = \"3\"\n[profiles.a]\n\(profile)rate = 1\n[profiles.b]\n\(profile)rate = 2\n")
    #expect(world.run("config", "check") == .configuration)
    #expect(places(world) == ["2:11", "6:8", "10:8"])
  }

  @Test("As JSON it is one line, with each mistake in its place")
  func json() throws {
    for arguments in [["config", "check", "-o", "json"], ["send", "+15550100001", "hi", "-o", "jsonl"]] {
      let world = world("[profiles.a]\nprovider = \"vpixelpro\"\nkey = \"abc\"\n  timeout = 30\nrate = \"fast\"\n")
      #expect(SMSProgram(environment: world.environment()).run(arguments) == .configuration)
      let lines = world.complained.split(separator: "\n")
      #expect(lines.count == 1)
      let mistakes = try #require(JSONValue(parsing: Array(lines[0].utf8))["error"]?["mistakes"]?.array)
      #expect(mistakes.map { $0["line"] } == [.number("4"), .number("5")])
      #expect(mistakes.map { $0["column"] } == [.number("13"), .number("8")])
      #expect(mistakes.map { $0["text"] } == ["timeout = 30", "rate = \"fast\""])
      #expect(mistakes.allSatisfy { $0["file"] == .string(Self.path) })
    }
  }

  @Test(
    "The caret stands below the place, also behind wide characters, tabs and a long line",
    arguments: [
      ("rate = 1", "rate = 1", 7), ("\t rate = 1", "rate = 1", 7), ("from = \"日本\" x", "from = \"日本\" x", 14),
      ("key = 'a' x", "key = ********", 6), ("rate\t= 1", "rate = 1", 7), ("rate = \u{1}", "rate = \\x01", 7),
      (
        "from = \"\(String(repeating: "a", count: 80))\" x",
        "…\(String(repeating: "a", count: 47))\" x", 50
      ),
    ])
  func caret(line: String, shown: String, column: Int) {
    let world = world("[profiles.a]\nprovider = \"vpixelpro\"\n\(line)\n")
    #expect(world.run("config", "check") == .configuration)
    let lines = world.complained.split(separator: "\n").map(String.init)
    let index = lines.firstIndex { $0.hasPrefix("sms: \(Self.path):3:") } ?? 0
    #expect(lines[index + 1] == "  \(shown)")
    #expect(lines[index + 2] == String(repeating: " ", count: column + 2) + "^")
  }

  @Test(
    "Nothing of a secret shows, whatever is wrong, and however many mistakes there are",
    arguments: [
      "key = \"@", "key = @", "key @", "key: @", "key = \"\n@\n\"", "key = \"abc\n@\n@\"",
      "key = \"\"\"\n\\q @\n@\n\"\"\"",
      "key = '''\n@\nx = @\n", "key = [\n@\n@ @\n", "key = [ \"@\"\nrate = 1", "key =\n@\n@ = 1\n",
      "key = { @ = 1, @ = 2 }",
      "key.@ = 1\nkey.@ = 2", "key.@ = 1\nkey = 2\nkey.@.x = 3", "key = \"\\ud83d@\"", "key = \"\u{1}@\"", "kye = @\n@",
      "key_env = \"@\"", "key = \"abc\n@==\n@=\"\nrate = x", "key = abc \\\n@", "key = \"a\"\n\"@\"\n",
      "private_key = \"-----BEGIN\n@\n@+/\n@==\n-----END\"\nrate = x", "note = '''\n@\n''' x\n",
      "key = 'abc'\n  '@'\n@ @",
    ], ["", "rate = 1\n"])
  func secrecy(lines: String, before: String) {
    let text =
      "[profiles.a]\nprovider = \"vpixelpro\"\n\(before)\(lines.replacing("@", with: Self.secret))\nretries = x\n"
    for arguments in [["config", "check"], ["config", "check", "-o", "json"], ["balance"], ["config", "show"]] {
      let world = world(text)
      #expect(SMSProgram(environment: world.environment()).run(arguments) == .configuration)
      let said = world.complained + world.printed
      #expect(!said.contains(Self.secret) && !said.contains("d83d"), "\(said)")
    }
  }
}
