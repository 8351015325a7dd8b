import CommandLineKit
import Testing

@Suite struct UsageErrorTests {
  @Test(arguments: [
    (["sned", "bob"], "unknown command 'sned'", "did you mean 'post send'? (see 'post help')"),
    (["SEND", "bob"], "unknown command 'SEND'", "did you mean 'post send'? (see 'post help')"),
    (["frie", "bob"], "unknown command 'frie'", "did you mean 'post friends'? (see 'post help')"),
    (["zzz"], "unknown command 'zzz'", "see 'post help'"),
    ([""], "unknown command ''", "see 'post help'"),
    (["-"], "unknown command '-'", "see 'post help'"),
    (["friends", "ad"], "unknown command 'ad'", "did you mean 'post friends add'? (see 'post help friends')"),
    (["list"], "unknown command 'list'", "did you mean 'post friends list'? (see 'post help')"),
    (["help", "file"], "unknown command 'file'", "did you mean 'post help files'? (see 'post help')"),
    (["help", "sned"], "unknown command 'sned'", "did you mean 'post send'? (see 'post help')"),
    (
      ["help", "friends", "lsit"], "unknown command 'lsit'",
      "did you mean 'post friends list'? (see 'post help friends')"
    ),
    (
      ["send", "bob", "see", "you"], "unexpected argument 'you'",
      "put quotes around an argument with spaces in it (see 'post help send')"
    ),
    (["-o", "json"], "post needs a command", "see 'post help'"),
    (["friends", "-q"], "post friends needs a command", "see 'post help friends'"),
    (["__complet"], "unknown command '__complet'", "see 'post help'"),
  ])
  func commands(_ arguments: [String], _ message: String, _ hint: String) {
    let error = Post.program.parse(arguments).error
    #expect(error?.message == message)
    #expect(error?.hint == hint)
  }

  @Test(arguments: [
    (["--form"], "unknown option --form", "did you mean --from? (see 'post help send')"),
    (["--form=x"], "unknown option --form", "did you mean --from? (see 'post help send')"),
    (["--From"], "unknown option --From", "did you mean --from? (see 'post help send')"),
    (["--prof"], "unknown option --prof", "did you mean --profile? (see 'post help send')"),
    (["--fro"], "unknown option --fro", "did you mean --from? (see 'post help send')"),
    (["--tarce"], "unknown option --tarce", "see 'post help send'"),
    (["--zzz"], "unknown option --zzz", "see 'post help send'"),
    (["-z"], "unknown option -z", "see 'post help send'"),
    (["-qz"], "unknown option -z", "see 'post help send'"),
    (["-urgent"], "unknown option -u", "did you mean --urgent? (see 'post help send')"),
    (["--list=work"], "unknown option --list", "it is an option of 'post friends add' (see 'post help send')"),
    (["-5"], "unknown option '-5'", "put -- before an argument that starts with a dash (see 'post help send')"),
    (
      ["-\u{301}"], "unknown option '-\u{301}'",
      "put -- before an argument that starts with a dash (see 'post help send')"
    ),
    (["--q\u{1b}[2J"], "unknown option '--q\\x1b[2J'", "see 'post help send'"),
    (["---"], "unknown option '---'", "put -- before an argument that starts with a dash (see 'post help send')"),
  ])
  func unknownOptions(_ arguments: [String], _ message: String, _ hint: String) {
    let error = Post.program.parse(["send", "bob"] + arguments).error
    #expect(error?.message == message)
    #expect(error?.hint == hint)
  }

  @Test(arguments: [
    (["--from", "x", "send"], "it is an option of 'post send', to stand after it (see 'post help')"),
    (["friends", "-f", "x", "list"], "it is an option of 'post send' (see 'post help friends')"),
    (
      ["friends", "--list", "x", "add"],
      "it is an option of 'post friends add', to stand after it (see 'post help friends')"
    ),
  ])
  func optionsOfAnotherCommand(_ arguments: [String], _ hint: String) {
    #expect(Post.program.parse(arguments).error?.hint == hint)
  }

  @Test(
    arguments: [
      (
        ["send", "bob", "--from"], .missingValue("--from", placeholder: "SENDER"), "--from needs a value: --from SENDER"
      ),
      (["send", "bob", "-qf"], .missingValue("-f", placeholder: "SENDER"), "-f needs a value: -f SENDER"),
      (
        ["send", "--quiet=yes"], .unexpectedValue("--quiet", value: "yes"),
        "--quiet takes no value, but was given 'yes'"
      ),
      (["send", "--quiet="], .unexpectedValue("--quiet", value: ""), "--quiet takes no value, but was given ''"),
      (["send", "--help=1"], .unexpectedValue("--help", value: "1"), "--help takes no value, but was given '1'"),
      (["send", "--=x"], .unnamedOption("--=x"), "'--=x' is an option without a name"),
      (["send"], .missingOperand("TO"), "missing operand TO"),
      (["friends", "add", "--list=work"], .missingOperand("NAME"), "missing operand NAME"),
      (["friends", "add", "ann"], .missingOption("--list"), "missing option --list"),
      (["send", "a", "b", "c"], .unexpectedOperand("c"), "unexpected argument 'c'"),
      (
        ["friends", "list", "work", "--", "-q"],
        .other("unexpected argument '-q'", hint: "-- ends the options: put options before it"),
        "unexpected argument '-q'"
      ),
      (
        ["send", "a", "--slow", "--urgent"], .conflict("--urgent", "--slow"),
        "--urgent and --slow can't be used together"
      ),
      (["send", "a", "--every=2"], .needs("--every", oneOf: ["--from"]), "--every needs --from as well"),
    ] as [([String], UsageError.Problem, String)])
  func everythingElse(_ arguments: [String], _ problem: UsageError.Problem, _ message: String) {
    let error = Post.program.parse(arguments).error
    #expect(error?.problem == problem)
    #expect(error?.message == message)
    #expect(error?.path == ["post"] + arguments.prefix(arguments.first == "friends" ? 2 : 1))
  }

  @Test func theFirstErrorIsTold() {
    #expect(
      ask("send", "--every=0", "--nonsense", "--from").problem
        == .invalidValue("0", argument: "--every", .outOfRange(1...6)))
  }

  @Test(arguments: [
    ("a\u{1b}[31m\u{7f}", #"'a\x1b[31m\x7f'"#), ("a\r\nb\tc", #"'a\r\nb\tc'"#),
    ("\u{9b}\u{202e}", #"'\u{9b}\u{202e}'"#),
    ("grüße 👋", "'grüße 👋'"), (String(repeating: "é", count: 500), "'\(String(repeating: "é", count: 80))...'"),
  ])
  func whatIsEchoedIsSafeAndShort(_ word: String, _ shown: String) {
    #expect(ask(word).error?.message == "unknown command \(shown)")
    #expect(ask("send", "a", "b", word).error?.message == "unexpected argument \(shown)")
  }
}
