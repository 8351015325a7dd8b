import Configuration
import Testing

/// What an error message shows of the line that it is about.
@Suite struct ConfigurationLineTests {
  private static let secret = "S3CRETabcdef"

  private func shown(_ text: String, line: Int = 1) -> String {
    ConfigurationLine(Array(text.utf8), line: line).shown
  }

  @Test(
    "Nothing shows that follows a secret's name, however it is written",
    arguments: [
      #"key = "@""#, #"key: "@""#, #"key "@""#, "key @", "key=@", "key = @", #""key" = @"#, "'key' : '@'", "KEY = @",
      "kye = @",
      "api-key = @", "apikey = @", "passwort = @", "profiles.x.key = @", #"x = { provider = "a", key = "@" }"#,
      #"[profiles.x] key = "@""#, #""k\u0065y" = "@""#, #"key = "a" "@""#, "key.a = @", "\tpassword\t=\t@",
      #"key_command = "echo @"#, #"key_env = "@""#, "from = \"key @", "api_key=@ # @",
    ])
  func names(line: String) {
    let shown = shown(line.replacing("@", with: Self.secret))
    #expect(!shown.contains(Self.secret) && shown.hasSuffix("********"), "\(shown)")
  }

  @Test(
    "Nor the inside of a string, or of brackets, that began on another line",
    arguments: [
      ("key = \"\"\"\n@\n\"\"\"", 2), ("note = '''\n@", 2), ("note = \"\"\"\na\n@ \\q\n", 3), ("key = [\n\"a\",\n@", 3),
      ("key =\n@", 2), ("key:\n  @", 2), ("x = { key = [ # ] }\n@ ]", 2),
    ])
  func continued(text: String, line: Int) {
    #expect(shown(text.replacing("@", with: Self.secret), line: line) == "********")
  }

  @Test(
    "Nor what stands in a string that doesn't end",
    arguments: [
      ("from = \"@", "from = \"********"), ("from = '@", "from = '********"),
      ("note = \"\"\"@", "note = \"\"\"********"),
      ("from = \"\\\"@", "from = \"********"),
    ])
  func unterminated(line: String, expected: String) {
    #expect(shown(line.replacing("@", with: Self.secret)) == expected)
  }

  @Test(
    "Nor a password in an address",
    arguments: [
      ("base_url = \"http://user:@@h\"", "base_url = \"http://********@h\""),
      ("proxy = \"http://user:@@h:99999\"", "proxy = \"http://********@h:99999\""),
      ("proxy = \"user:@@h\"", "proxy = \"********@h\""),
      ("proxy = \"http://user:@%40h\"", "proxy = \"http://********%40h\""),
      ("proxy = \"http://user:@\"", "proxy = \"http://********\""),
      ("proxy = http://user:a@b/@@h x", "proxy = http://********@h x"),
    ])
  func addresses(line: String, expected: String) {
    // The first @ of two stands for the password.
    let text = line.replacing("@@", with: "\(Self.secret)@").replacing("@%", with: "\(Self.secret)%")
      .replacing(":@\"", with: ":\(Self.secret)\"")
    #expect(shown(text) == expected)
  }

  @Test(
    "All else shows as it is",
    arguments: [
      "rate = 5/s", "[profiles.office]", "from = \"Ada\" x", "base_url = \"htps://[::1]:8080/a\"",
      "devices = [\"1\", 2:0]",
      "account_id = 42x", "key =", "[profiles.key]", "",
    ])
  func plain(line: String) {
    #expect(shown(line) == line)
  }

  @Test(
    "Nor what may be the rest of a secret, or of a string, that was broken over lines",
    arguments: [
      ("key = \"abc\n@\"", 2), ("key = abc\n@ @", 2), ("key = \"abc\n@==\n@=\"", 3), ("note = 'abc\n@'", 2),
      ("key abc\n@", 2), ("key = \"abc\n\n@", 3),
      ("[profiles.a]\n@1", 2), ("rate = 1\n  @1 x", 2),
    ])
  func broken(text: String, line: Int) {
    #expect(shown(text.replacing("@", with: Self.secret), line: line) == "********")
  }

  @Test(
    "A statement behind such a one shows as it is",
    arguments: ["key = \"abc\nrate = 1", "key = [\n]\nrate = 1", "[x\nrate = 1"])
  func behindBroken(text: String) {
    #expect(shown(text, line: text.count { $0 == "\n" } + 1) == "rate = 1")
  }

  @Test("Comments and lines before count for nothing")
  func before() {
    #expect(shown("# it's the key:\nkey = \"a\"\n[profiles.x]\nrate = 5/s", line: 4) == "rate = 5/s")
  }
}
