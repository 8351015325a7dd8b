import Application
import Messaging
import Platform
import Testing

@testable import Commands
@testable import Configuration

@Suite struct SecretTests {
  /// Fetches a secret in a world with the file `/secret`, the variable `TOKEN`, and a shell that prints `output`.
  private func fetch(
    _ source: SecretSource, file: String = "", variable: String = "", output: String = "",
    status: Subprocess.ExitStatus = .exited(0)
  ) throws -> String {
    var environment = World(files: ["/secret": file]).environment(["TOKEN": variable])
    environment.runShell = { (_, timeout, _) throws(SubprocessError) in
      guard timeout == .seconds(30) else { throw .timedOut }
      return Subprocess.Output(status: status, stdout: Array(output.utf8), stderr: [])
    }
    let entry = Settings.SecretEntry(source: source, origin: .builtIn)
    return try SecretFetcher(inputs: environment.configurationInputs).secret(entry, of: "key")
  }

  @Test(
    "One newline at the end doesn't belong to a secret",
    arguments: [
      ("abc", "abc"), ("abc\n", "abc"), ("abc\r\n", "abc"), ("a \"b\" c'", "a \"b\" c'"), ("pässword", "pässword"),
    ])
  func newline(written: String, secret: String) throws {
    #expect(try fetch(.file("/secret"), file: written) == secret)
    #expect(try fetch(.command("print"), output: written) == secret)
    #expect(try fetch(.variable("TOKEN"), variable: written) == secret)
  }

  @Test(
    "A relative path in the file starts from the file's folder, wherever in the file it stands",
    arguments: ["[defaults]\nkey_file = \"k\"\n[profiles.a]\n", "[profiles.a]\nkey_file = \"k\"\n"])
  func relativePath(text: String) {
    let folder = "/home/ada/.config/sms"
    let configuration = ["\(folder)/config.toml": "\(text)provider = \"vpixelpro\"\n"]
    let beside = World(files: configuration.merging(["\(folder)/k": "abc\n"]) { $1 })
    #expect(beside.run("config", "check") == .success, "\(beside.complained)")
    let elsewhere = World(files: configuration.merging(["k": "abc\n"]) { $1 })
    #expect(elsewhere.run("config", "check") == .configuration)
    #expect(elsewhere.complained.contains("\(folder)/k"), "\(elsewhere.complained)")
  }

  @Test("What would end up as another line of a header is refused", arguments: ["a\nb", "a\rb", "a\0b", "a\n\n"])
  func unsafe(written: String) {
    #expect(throws: ConfigurationError.self) { try fetch(.file("/secret"), file: written) }
    #expect(throws: ConfigurationError.self) { try fetch(.inline(written)) }
  }

  @Test(
    "What stands around a secret by mistake is refused before a provider sees it, and not shown",
    arguments: [
      " abc", "abc ", "abc\t", "\u{A0}abc", "abc\u{3000}", "\"abc\"", "'abc'", "`abc`", "“abc”", "\u{FEFF}abc",
      "abc\u{200B}",
      "\u{2060}abc", "abc\u{7F}",
    ])
  func wrapped(written: String) {
    for fetch in [
      { try self.fetch(.inline(written)) }, { try self.fetch(.file("/secret"), file: written + "\n") },
      { try self.fetch(.command("print"), output: written) }, { try self.fetch(.variable("TOKEN"), variable: written) },
    ] {
      let error = #expect(throws: ConfigurationError.self) { try fetch() }
      #expect(error?.exitCode == .configuration && error?.message.contains("abc") == false, "\(error?.message ?? "")")
    }
  }

  @Test("A key in the place of a variable's name is not shown")
  func keyAsName() {
    let error = #expect(throws: ConfigurationError.self) { try fetch(.variable("s3cr-et")) }
    #expect(error?.message.contains("s3cr-et") == false)
  }

  /// What an error repeats of the words of a command that fails after it printed `s3cret-key`.
  private func repeated(_ words: String, by command: String = "pass show sms/office") throws -> String {
    let text = "[profiles.a]\nprovider = 'voipcomm'\nkey = 'inline-s3cret'\npassword_command = '\(command)'\n"
    let world = World(files: ["a.toml": text])
    var environment = world.environment(["SMS_API_KEY": "s3cret-in-variable"])
    environment.runShell = { (_, _, _) throws(SubprocessError) in
      Subprocess.Output(status: .exited(1), stdout: Array("  s3cret-key\n".utf8), stderr: Array("\(words)\n".utf8))
    }
    let file = try ConfigurationFile(reading: "a.toml", environment.configurationInputs)
    let entry = Settings.SecretEntry(source: .command(command), origin: .builtIn)
    let error = #expect(throws: ConfigurationError.self) {
      try SecretFetcher(inputs: environment.configurationInputs, file: file).secret(entry, of: "password")
    }
    return try #require(error).problem.message
  }

  @Test(
    "What a failing command says is shown without secrets",
    arguments: [
      ("bad s3cret-key", "bad ********"), ("bad %733cret-key", "bad ********"),
      ("key inline-s3cret is wrong", "key ******** is wrong"), ("no s3cret-in-variable", "no ********"),
      ("+ PASSWORD=hunter22 login", "+ PASSWORD=********"), ("+ FOO=hunter22", "+ FOO=********"),
      ("curl: Authorization: Bearer abc.def", "curl: Authorization: ********"),
      ("sent Basic YTpi", "sent Basic ********"),
      (#"{"api_key": "hunter22"}"#, #"{"api_key": ********"#),
      ("usage: login --password hunter22", "usage: login --password ********"),
      ("password: hunter22", "password: ********"),
      ("https://me:hunter22@example.com failed", "https://********@example.com failed"),
      ("gpg: decryption failed: No secret key", "gpg: decryption failed: No secret key"),
      ("/bin/sh: 1: pass: not found", "/bin/sh: 1: pass: not found"),
      ("Error: sms/office is not in the password store.", "Error: sms/office is not in the password store."),
    ])
  func wordsOfCommand(words: String, shown: String) throws {
    let message = try repeated(words)
    #expect(message.hasSuffix("exited with code 1: \(shown)"), "\(message)")
  }

  @Test("What a failing command says is shown in part")
  func longWords() throws {
    let message = try repeated(String(repeating: "x", count: 5000))
    #expect(message.count < 300 && message.hasSuffix("x…"))
  }

  @Test(
    "A secret that can't be had is an error",
    arguments: [SecretSource.file("/missing"), .variable("UNSET"), .file("/secret")])
  func unavailable(source: SecretSource) {
    #expect(throws: ConfigurationError.self) { try fetch(source) }
  }

  @Test("What a failing command printed is no secret")
  func failingCommand() {
    #expect(throws: ConfigurationError.self) { try fetch(.command("print"), output: "abc", status: .exited(1)) }
  }
}
