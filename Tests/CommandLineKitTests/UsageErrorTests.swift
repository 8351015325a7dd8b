import CommandLineKit
import Testing

@Suite struct UsageErrorTests {
  @Test(arguments: [
    (["sned", "bob"], "unknown command 'sned'; did you mean 'post send'?", "see 'post -h'"),
    (["SEND", "bob"], "unknown command 'SEND'; did you mean 'post send'?", "see 'post -h'"),
    (["frie", "bob"], "unknown command 'frie'; did you mean 'post friends'?", "see 'post -h'"),
    (["zzz"], "unknown command 'zzz'", "see 'post -h'"),
    ([""], "unknown command ''", "see 'post -h'"),
    (["-"], "unknown command '-'", "see 'post -h'"),
    (["friends", "ad"], "unknown command 'ad'; did you mean 'post friends add'?", "see 'post friends -h'"),
    (["list"], "unknown command 'list'; did you mean 'post friends list'?", "see 'post -h'"),
    (["help", "file"], "unknown command 'file'; did you mean 'post help files'?", "see 'post -h'"),
    (["help", "sned"], "unknown command 'sned'; did you mean 'post send'?", "see 'post -h'"),
    (
      ["help", "friends", "lsit"], "unknown command 'lsit'; did you mean 'post friends list'?", "see 'post friends -h'"
    ),
    (
      ["send", "bob", "see", "you"], "unexpected argument 'you'", "put quotes around an argument that contains spaces"
    ),
    (["-o", "json"], "missing command after 'post'", "see 'post -h'"),
    (["friends", "-q"], "missing command after 'post friends'", "see 'post friends -h'"),
    (["__complet"], "unknown command '__complet'", "see 'post -h'"),
  ])
  func commands(_ arguments: [String], _ message: String, _ hint: String) {
    let error = Post.program.parse(arguments).error
    #expect(error?.message == message)
    #expect(error?.hint == hint)
  }

  @Test(arguments: [
    (["--form"], "unknown option '--form'; did you mean '--from'?", "see 'post send -h'"),
    (["--form=x"], "unknown option '--form'; did you mean '--from'?", "see 'post send -h'"),
    (["--From"], "unknown option '--From'; did you mean '--from'?", "see 'post send -h'"),
    (["--prof"], "unknown option '--prof'; did you mean '--profile'?", "see 'post send -h'"),
    (["--fro"], "unknown option '--fro'; did you mean '--from'?", "see 'post send -h'"),
    (["--tarce"], "unknown option '--tarce'", "see 'post send -h'"),
    (["--zzz"], "unknown option '--zzz'", "see 'post send -h'"),
    (["-z"], "unknown option '-z'", "see 'post send -h'"),
    (["-qz"], "unknown option '-z'", "see 'post send -h'"),
    (["-urgent"], "unknown option '-u'; did you mean '--urgent'?", "see 'post send -h'"),
    (["--list=work"], "unknown option '--list'", "'post friends add' has this option"),
    (["-5"], "unknown option '-5'", "put -- before an argument that starts with a dash"),
    (
      ["-\u{301}"], "unknown option '-\u{301}'",
      "put -- before an argument that starts with a dash"
    ),
    (["--q\u{1b}[2J"], "unknown option '--q\\x1b[2J'", "see 'post send -h'"),
    (["---"], "unknown option '---'", "put -- before an argument that starts with a dash"),
  ])
  func unknownOptions(_ arguments: [String], _ message: String, _ hint: String) {
    let error = Post.program.parse(["send", "bob"] + arguments).error
    #expect(error?.message == message)
    #expect(error?.hint == hint)
  }

  @Test(arguments: [
    (["--from", "x", "send"], "'post send' has this option; put it after the command"),
    (["friends", "-f", "x", "list"], "'post send' has this option"),
    (
      ["friends", "--list", "x", "add"],
      "'post friends add' has this option; put it after the command"
    ),
  ])
  func optionsOfAnotherCommand(_ arguments: [String], _ hint: String) {
    #expect(Post.program.parse(arguments).error?.hint == hint)
  }

  @Test(
    arguments: [
      (
        ["send", "bob", "--from"], .missingValue("--from", placeholder: "SENDER"),
        "missing value for --from: --from SENDER"
      ),
      (["send", "bob", "-qf"], .missingValue("-f", placeholder: "SENDER"), "missing value for -f: -f SENDER"),
      (
        ["send", "--quiet=yes"], .unexpectedValue("--quiet", value: "yes"),
        "--quiet doesn't take a value: 'yes'"
      ),
      (["send", "--quiet="], .unexpectedValue("--quiet", value: ""), "--quiet doesn't take a value: ''"),
      (["send", "--help=1"], .unexpectedValue("--help", value: "1"), "--help doesn't take a value: '1'"),
      (["send", "--=x"], .unnamedOption("--=x"), "option without a name: '--=x'"),
      (["send"], .missingOperand("TO"), "missing argument: TO"),
      (["friends", "add", "--list=work"], .missingOperand("NAME"), "missing argument: NAME"),
      (["friends", "add", "ann"], .missingOption("--list"), "missing required option: --list"),
      (["send", "a", "b", "c"], .unexpectedOperand("c"), "unexpected argument 'c'"),
      (
        ["friends", "list", "work", "--", "-q"],
        .other("unexpected argument '-q'", hint: "put options before --, which ends them"),
        "unexpected argument '-q'"
      ),
      (
        ["send", "a", "--slow", "--urgent"], .conflict("--urgent", "--slow"),
        "--urgent and --slow can't be used together"
      ),
      (["send", "a", "--every=2"], .needs("--every", oneOf: ["--from"]), "--every requires --from"),
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
