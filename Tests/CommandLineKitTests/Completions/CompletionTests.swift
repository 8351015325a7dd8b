import CommandLineKit
import Platform
import TestSupport
import Testing

@Suite(.ownThread) struct CompletionTests {
  @Test(.needs("bash"), arguments: Offer.all)
  func bashOffers(_ offer: Offer) throws {
    try check(offer, .bash)
  }

  @Test(.needs("zsh"), arguments: Offer.all)
  func zshOffers(_ offer: Offer) throws {
    try check(offer, .zsh)
  }

  @Test(.needs("fish"), arguments: Offer.all)
  func fishOffers(_ offer: Offer) throws {
    try check(offer, .fish)
  }

  private func check(_ offer: Offer, _ shell: Shell) throws {
    let candidates = try withShell(shell) { try $0.candidates(for: offer.words) }
    #expect(candidates.sorted() == offer.candidates.sorted())
  }

  @Test(
    .needs("bash"),
    arguments: [
      ("post -p pen", ["post", "-p", "pen"], [#"pen\ pals"#]),
      (#"post -p pen\ "#, ["post", "-p", #"pen\ "#], [#"pen\ pals"#]),
      (#"post -p "pen"#, ["post", "-p", #""pen"#], ["pen pals"]),
      ("post -p 'pen p", ["post", "-p", "'pen p"], ["pen pals"]),
      ("post -p a", ["post", "-p", "a"], [#"a\$b\`c\"d"#]),
      (#"post -p "a"#, ["post", "-p", #""a"#], [#"a\$b\`c\"d"#]),
      ("post -p 'o", ["post", "-p", "'o"], ["office", #"o'\''brien"#]),
      (#"post -p o\"#, ["post", "-p", #"o\"#], [#"o\'brien"#]),
      ("post -p o'", ["post", "-p", "o'"], []),
      ("post --profile=pen", ["post", "--profile", "=", "pen"], [#"pen\ pals"#]),
      ("post --profile=", ["post", "--profile", "="], Profiles.all.map(\.quoted)),
      ("post --profile=dev:", ["post", "--profile", "=", "dev", ":"], ["1"]),
      ("post -p dev:1", ["post", "-p", "dev", ":", "1"], ["1"]),
      ("post --profile=pen", ["post", "--profile=pen"], [#"--profile=pen\ pals"#]),
      ("post -p x", ["post", "-p", "x"], ["x=y"]),
      ("post -p *", ["post", "-p", "*"], [#"\*"#]),
    ])
  func bashQuotesWhatItInserts(_ line: String, _ words: [String], _ replies: [String]) throws {
    let offered = try withShell(.bash) { try $0.bashReplies(line: line, words: words) }
    #expect(offered == replies)
  }

  @Test(
    .needs("bash"),
    arguments: [
      (["--columns", "to,na"], ["to,name"]), (["--columns=to,na"], ["--columns=to,name"]),
      (["--columns", "to,"], ["to,name", "to,list"]),
    ])
  func bashOffersTheLastOfAList(_ typed: [String], _ replies: [String]) throws {
    let offered = try withShell(.bash) {
      try $0.bashReplies(line: "", words: ["post", "friends", "list"] + typed)
    }
    #expect(offered == replies)
  }

  @Test(.needs("fish"), arguments: ["--columns to,", "--columns=to,"])
  func fishOffersTheLastOfAList(_ typed: String) throws {
    let offered = try withShell(.fish) {
      try $0.candidates(for: ["friends", "list"] + typed.split(separator: " ").map(String.init))
    }
    #expect(offered.sorted() == ["to,list", "to,name"])
  }

  @Test(.needs("bash"))
  func bashOffersFiles() throws {
    let replies = try withShell(.bash) { shell in
      try shell.bashReplies(line: "", words: ["post", "send", "--attach", "\(shell.folder)/scr"])
    }
    #expect(replies.count == 1)
    #expect(replies.first?.hasSuffix("/script") == true)
  }

  /// A folder with the completion script, and the program that it asks for profiles.
  private func withShell<Result>(_ shell: Shell, _ body: (ShellDriver) throws -> Result) throws -> Result {
    try withTemporaryFolder { folder in
      try Files.createExclusive("\(folder)/script", Array(Post.program.outline.completions(for: shell).utf8))
      // Written by another process: a file that ours has open for writing can be inherited by a shell that starts just
      // now, and then not be run.
      _ = try Subprocess.run(
        ["sh", "-c", "cat >\"$0\" && chmod +x \"$0\"", "\(folder)/post"], input: Array(Profiles.program.utf8),
        timeout: .seconds(60))
      return try body(ShellDriver(shell: shell, folder: folder))
    }
  }
}

/// What a shell should offer for the last word of a line.
struct Offer: Sendable, CustomTestStringConvertible {
  let words: [String]
  let candidates: [String]

  init(_ words: [String], _ candidates: [String]) {
    self.words = words
    self.candidates = candidates
  }

  var testDescription: String { words.joined(separator: " ") }

  static let all = [
    Offer([""], ["send", "friends", "help"]),
    Offer(["s"], ["send"]),
    Offer(["__"], []),
    Offer(["-q", "-p", "office", "fri"], ["friends"]),
    Offer(["friends", ""], ["add", "list"]),
    Offer(["-o", "json", "friends", "-v", "l"], ["list"]),
    Offer(["help", ""], ["send", "friends", "help", "files"]),
    Offer(["-q", "help", "fi"], ["files"]),
    Offer(["help", "files", "file"], []),
    Offer(["help", "friends", "file"], []),
    Offer(["file"], []),
    Offer(["help", "friends", "a"], ["add"]),
    Offer(["--p"], ["--profile"]),
    Offer(["send", "--f"], ["--from"]),
    Offer(["send", "bob", "--s"], ["--slow"]),
    Offer(["friends", "add", "--s"], ["--since"]),
    Offer(["send", "--t"], ["--timeout"]),
    Offer(["friends", "list", "--f"], []),
    Offer(["-o", ""], ["table", "json", "jsonl", "csv"]),
    Offer(["send", "--output", "js"], ["json", "jsonl"]),
    Offer(["--output=c"], ["csv"]),
    Offer(["friends", "add", "--list", ""], ["family", "work", "pen pals"]),
    Offer(["friends", "add", "--list=p"], ["pen pals"]),
    Offer(["send", "--every", ""], []),
    Offer(["-p", "off"], ["office"]),
    Offer(["-p", "pe"], ["pen pals"]),
    Offer(["send", "-qp", "dev"], ["dev:1"]),
    Offer(["-p", "caf"], ["café"]),
    Offer(["send", "bob", ""], []),
    Offer(["friends", "list", ""], ["family", "work"]),
    Offer(["friends", "-q", "list", "-o", "json", "w"], ["work"]),
    Offer(["friends", "list", "work", ""], []),
    Offer(["friends", "add", "ann", "--since", "2001", "of"], ["office"]),
    Offer(["send", "--columns", "t"], ["to"]),
    Offer(["friends", "list", "--columns", ""], ["name", "list"]),
    Offer(["-p", "office", "send", "--columns", ""], ["to", "office"]),
    Offer(["send", "-qpoffice", "--columns", "o"], ["office"]),
    Offer(["--profile=office", "send", "--columns", "o"], ["office"]),
  ]
}

/// Names that a shell could stumble over.
enum Profiles {
  static let all: [(name: String, quoted: String)] = [
    ("office", "office"), ("pen pals", #"pen\ pals"#), ("o'brien", #"o\'brien"#), ("dev:1", "dev:1"),
    (#"a$b`c"d"#, #"a\$b\`c\"d"#), ("café", "café"), ("x=y", "x=y"), ("*", #"\*"#), (#"back\slash"#, #"back\\slash"#),
  ]

  /// What stands in for the program: it knows the hook alone.
  static var program: String {
    let lines = all.map { $0.name == "office" ? "office\tThe office" : $0.name }.joined(separator: "\n")
    return """
      #!/bin/sh
      case $* in
        '__complete -- profiles post'*) cat <<'END' ;;
      \(lines)
      END
        '__complete -- columns post friends list') printf 'name\\nlist\\n' ;;
        '__complete '*'office -- columns post send') printf 'to\\noffice\\n' ;;
        '__complete -- columns post send') echo to ;;
      esac

      """
  }
}
