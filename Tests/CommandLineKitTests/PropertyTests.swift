import CommandLineKit
import Testing

/// What holds for every line of three arguments out of a set in which each is special in its own way.
@Suite struct PropertyTests {
  private static let arguments = [
    "send", "friends", "add", "list", "help", "sned", "", "-", "--", "-q", "-qp", "-fx", "-p", "-x", "--every=x",
    "--quiet=x", "--list=work", "--=x", "-h\u{1b}", "--\u{7f}\n=\u{85}",
  ]

  private static let lines: [[String]] = arguments.flatMap { first in
    arguments.flatMap { second in arguments.map { third in [first, second, third] } }
  }

  /// Options that take the argument behind them.
  private static let hungry: Set = ["-qp", "-p"]

  @Test func whatIsSaidOfAnErrorIsOneSafeLine() {
    for line in Self.lines {
      guard let error = Post.program.parse(line).error else { continue }
      let words = error.message + (error.hint ?? "")
      #expect(
        !words.isEmpty && words.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }, "\(line)")
      #expect(error.path.first == "post")
    }
  }

  @Test func aCallForHelpAtTheEndIsHeard() {
    for line in Self.lines where !line.contains("--") {
      let isTaken = line.reduce(false) { isTaken, argument in !isTaken && Self.hungry.contains(argument) }
      guard !isTaken else { continue }
      #expect(Post.program.parse(line + ["--help"]).kind == "help", "\(line)")
    }
  }

  @Test func aGlobalFlagMayStandAnywhere() {
    for line in Self.lines where Post.program.parse(line).kind == "run" {
      let end = line.firstIndex(of: "--") ?? line.count
      for index in 0...end where index == 0 || !Self.hungry.contains(line[index - 1]) {
        let longer = line[..<index] + ["--verbose"] + line[index...]
        let invocation = Post.program.parse(Array(longer))
        #expect(invocation.kind == "run" && invocation.parsed[Post.verbose], "\(longer)")
      }
    }
  }
}
