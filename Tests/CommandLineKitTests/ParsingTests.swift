import CommandLineKit
import Testing

@Suite struct ParsingTests {
  @Test(arguments: [
    ["send", "bob", "hello", "--from", "ann"],
    ["send", "bob", "hello", "--from=ann"],
    ["send", "bob", "hello", "-f", "ann"],
    ["send", "bob", "hello", "-fann"],
    ["send", "-fann", "bob", "hello"],
    ["send", "bob", "--from", "ann", "hello"],
    ["send", "bob", "hello", "-qfann"],
    ["send", "bob", "hello", "-qf", "ann"],
    ["-q", "send", "bob", "hello", "-vfann"],
    ["send", "--from", "eve", "bob", "hello", "-f", "ann"],
    ["send", "--from=ann", "--", "bob", "hello"],
    ["send", "--from=ann", "bob", "--", "hello"],
    ["--", "send", "bob", "hello"],
    ["send", "bob", "hello", "--trace"],
  ])
  func everySpellingIsUnderstood(_ arguments: [String]) throws {
    let send = try #require(Post.program.parse(arguments).action as? Send)
    #expect(send.to == "bob")
    #expect(send.message == "hello")
    #expect(send.from == (arguments.first == "--" || arguments.last == "--trace" ? nil : "ann"))
  }

  @Test(arguments: [
    ["-p", "office", "friends", "list"], ["friends", "-p", "office", "list"], ["friends", "list", "-p", "office"],
    ["-poffice", "friends", "list"], ["friends", "--profile=office", "list"],
    ["-p", "x", "friends", "list", "-qpoffice"],
  ])
  func globalOptionsStandAnywhere(_ arguments: [String]) {
    let invocation = Post.program.parse(arguments)
    #expect(invocation.action is ListFriends)
    #expect(invocation.path == ["post", "friends", "list"])
    #expect(invocation.parsed[Post.profile] == "office")
  }

  @Test(arguments: [
    (["--from", "--help"], "--help"), (["--from", "--"], "--"), (["--from", "-"], "-"), (["--from="], ""),
    (["--from=a=b"], "a=b"), (["-f", "-q"], "-q"), (["-f=x"], "=x"), (["--from", "\u{301}e"], "\u{301}e"),
    (["--from=\u{338}x"], "\u{338}x"), (["--from=e\u{301}"], "e\u{301}"), (["--from=\r\n"], "\r\n"),
  ])
  func aValueIsTakenAsItStands(_ arguments: [String], _ value: String) {
    let from = Post.program.parse(["send", "bob"] + arguments).parsed[Send.from]
    #expect(from.map { Array($0.utf8) } == Array(value.utf8))
  }

  @Test(arguments: [
    (["-"], ["-"]), (["--", "-q", "--from", "--"], ["-q", "--from", "--"]), (["", "x"], ["", "x"]),
    (["a", "-q", "b"], ["a", "b"]), (["--", "--help"], ["--help"]),
  ])
  func operandsAreTakenAsTheyStand(_ arguments: [String], _ operands: [String]) {
    #expect(Post.program.parse(["send"] + arguments).parsed.operands == operands)
  }

  @Test func repeatedOptionsAndOperandsAccumulate() throws {
    let send = try #require(ask("send", "bob", "--attach", "a,b", "--attach=c").action as? Send)
    #expect(send.attachments == ["a,b", "c"])
    let add = try #require(ask("friends", "add", "ann", "--list=work", "bob", "eve").action as? AddFriend)
    #expect(add.names == ["ann", "bob", "eve"])
  }

  @Test func anOptionHasItsDefaultUnlessItIsGiven() {
    #expect(ask("send", "bob").parsed[Post.timeout] == .seconds(30))
    #expect(ask("send", "bob").parsed[Post.output] == .table)
    #expect(ask("send", "bob").parsed[Send.every] == nil)
    #expect(ask("send", "bob", "--timeout=1s").parsed[Post.timeout] == .seconds(1))
  }

  @Test func anErrorStillTellsTheGlobalOptions() {
    let invocation = ask("send", "--nonsense", "-o", "json", "--every=x", "-p", "office")
    #expect(invocation.kind == "failure")
    #expect(invocation.parsed[Post.output] == .json)
    #expect(invocation.parsed[Post.profile] == "office")
  }
}

@Suite struct HelpRequestTests {
  @Test(arguments: [
    (["--help"], []), (["-h"], []), (["help"], []), (["help", "send"], ["send"]), (["send", "-h"], ["send"]),
    (["-h", "send"], ["send"]), (["friends", "--help"], ["friends"]), (["-qh", "send"], ["send"]),
    (["help", "friends", "add"], ["friends", "add"]), (["friends", "add", "--help"], ["friends", "add"]),
    (["help", "help"], ["help"]), (["--help", "--version"], []), (["help", "files"], ["files"]),
    (["help", "send", "bob"], ["send"]),
  ])
  func helpIsForTheCommandNamed(_ arguments: [String], _ path: [String]) {
    let invocation = Post.program.parse(arguments)
    #expect(["help", "briefHelp"].contains(invocation.kind))
    #expect(invocation.path == ["post"] + path)
  }

  @Test("-h asks for the short help, --help and 'help COMMAND' for all of it")
  func lengthOfHelp() {
    for line in [["-h"], ["send", "-h"], ["send", "-qh"], ["help"]] {
      #expect(Post.program.parse(line).kind == "briefHelp")
    }
    for line in [["--help"], ["send", "--help"], ["send", "-h", "--help"], ["help", "send"], ["help", "files"]] {
      #expect(Post.program.parse(line).kind == "help")
    }
  }

  @Test(arguments: [
    ["send", "--nonsense", "--help"], ["send", "--every=x", "-h"], ["send", "a", "b", "c", "-h"],
    ["send", "--quiet=yes", "-h"], ["send", "-h", "--from"], ["-h", "--=x", "send"], ["help", "send", "--nonsense"],
    ["send", "--urgent", "--slow", "-h", "bob"], ["send", "--every", "x", "--version", "-h"],
  ])
  func helpWinsOverErrors(_ arguments: [String]) {
    let invocation = Post.program.parse(arguments)
    #expect(["help", "briefHelp"].contains(invocation.kind))
    #expect(invocation.path == ["post", "send"])
  }

  @Test(arguments: [["sned", "--help"], ["sned", "send", "--help"], ["--form", "x", "--help"]])
  func helpWithAnUnknownCommandIsForTheProgram(_ arguments: [String]) {
    let invocation = Post.program.parse(arguments)
    #expect(["help", "briefHelp"].contains(invocation.kind))
    #expect(invocation.path == ["post"])
  }

  /// Such a line comes from a script that passes a text on; it must not pass for a success.
  @Test(arguments: [["send", "bob", "- oh no"], ["send", "bob", "-hello"], ["send", "bob", "-5 today"]])
  func aTextWithADashIsNoCallForHelp(_ arguments: [String]) {
    #expect(Post.program.parse(arguments).kind == "failure")
  }

  @Test(arguments: [
    ["--version"], ["send", "--version"], ["--nonsense", "--version"], ["send", "--every=x", "--version"],
  ])
  func versionWinsOverErrors(_ arguments: [String]) {
    #expect(Post.program.parse(arguments).kind == "version")
  }

  @Test(arguments: [([], []), (["friends"], ["friends"])])
  func aGroupAloneGetsItsShortHelp(_ arguments: [String], _ path: [String]) {
    let invocation = Post.program.parse(arguments)
    #expect(invocation.kind == "usage")
    #expect(invocation.path == ["post"] + path)
  }
}
