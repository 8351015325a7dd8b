import CommandLineKit
import Platform
import TestSupport
import Testing

/// Texts that could break out of every format that they are put into.
@Suite(.ownThread) struct HostileTextTests {
  private static let text = #"It's "50%" \n $(rm) `id` [x] {y} <z> a|b a:b *.* ~ # ! & ; é 漢字 .Pp 'x \fB %s"#

  private let outline = Program(
    CommandSpec<Void>(
      "post", summary: text, discussion: "\(text)\n\n  \(text)\n\n.Sh \(text)\n\n'br",
      examples: [Example("post \(text)", text)],
      subcommands: [
        CommandSpec(
          "one", summary: text,
          subcommands: [
            CommandSpec(
              "two", summary: text,
              options: [
                RequiredOption("choice", value: .choice([text, ",", "Ar"]), group: text, help: text),
                RepeatedOption(
                  "very-long-" + String(repeating: "name-", count: 30), value: .string.named(text), help: text),
                Option("x", short: "x", value: .string, default: text, variable: text, help: ".Pp"),
              ],
              operands: [
                Operand("Ar", value: .choice([text]), help: text), RepeatedOperand(".", atLeast: 1, help: text),
              ]
            ) { _ in }
          ])
      ]),
    globals: [Option("dynamic", value: .string.named("Fl").completed(by: .dynamic(text)), help: text)],
    completionHook: ["__complete", text],
    sections: [ReferenceSection("Ar", text: text, entries: [("Xr", text), (".", text), (text, text)])]
  ).outline

  @Test(arguments: [[], ["one"], ["one", "two"]], [0, 40, 60, 80, 100, Int.max])
  func noLineOfHelpIsTooLong(_ command: [String], _ width: Int) {
    let path = ["post"] + command
    let lines = (outline.help(for: path, width: width) + outline.briefHelp(for: path, width: width)).split(
      separator: "\n")
    #expect(lines.allSatisfy { $0.count <= min(max(width, 40), 100) })
  }

  @Test(.needs("bash"))
  func bashTakesTheScript() throws {
    try check(["bash", "-n", "/dev/stdin"], outline.completions(for: .bash))
  }

  @Test(.needs("zsh"))
  func zshTakesTheScript() throws {
    try check(["zsh", "-n", "/dev/stdin"], outline.completions(for: .zsh))
  }

  @Test(.needs("fish"))
  func fishTakesTheScript() throws {
    try check(["fish", "--no-config", "-n", "/dev/stdin"], outline.completions(for: .fish))
  }

  @Test(.needs("mandoc"))
  func mandocFindsNothingWrong() throws {
    for outline in [Post.program.outline, outline] {
      for path in [[outline.name]] + outline.commands.map(\.path) {
        let page = try #require(outline.manPage(for: path, date: "January 31, 2024", version: "1.2.3"))
        try check(["mandoc", "-T", "lint", "-W", "warning"], page)
      }
    }
  }

  @Test(.needs("mandoc"))
  func theManPageShowsTheTextItself() throws {
    let page = try #require(outline.manPage(for: ["post"], date: "January 31, 2024", version: "1.2.3"))
    let output = try Subprocess.run(
      ["mandoc", "-T", "utf8", "-O", "width=200"], input: Array(page.utf8), timeout: .seconds(60))
    #expect(String(decoding: output.stdout, as: UTF8.self).contains("  \(Self.text)"))
  }

  @Test(.needs("bash"))
  func bashOffersTheTextItself() throws {
    try checkOffers(.bash)
  }

  @Test(.needs("zsh"))
  func zshOffersTheTextItself() throws {
    try checkOffers(.zsh)
  }

  @Test(.needs("fish"))
  func fishOffersTheTextItself() throws {
    try checkOffers(.fish)
  }

  private func checkOffers(_ shell: Shell) throws {
    let offered = try withTemporaryFolder { folder in
      try Files.createExclusive("\(folder)/script", Array(outline.completions(for: shell).utf8))
      return try ShellDriver(shell: shell, folder: folder).candidates(for: ["one", "two", "--choice", ""])
    }
    #expect(offered.sorted() == [Self.text, ",", "Ar"].sorted())
  }

  private func check(_ command: [String], _ input: String) throws {
    let output = try Subprocess.run(command, input: Array(input.utf8), timeout: .seconds(60))
    #expect(output.status == .exited(0))
    #expect(String(decoding: output.stdout + output.stderr, as: UTF8.self) == "")
  }
}
