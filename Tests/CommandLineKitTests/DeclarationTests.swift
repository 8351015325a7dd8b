import CommandLineKit
import Platform
import Testing

@Suite struct DeclarationTests {
  @Test func theExampleIsSound() {
    #expect(Post.program.outline.problems() == [])
  }

  @Test func mistakesAreFound() {
    let flag = Flag("quiet", short: "q", help: "")
    let command = CommandSpec<Void>(
      "Do It", summary: "", examples: [Example(String(repeating: "x", count: 77), "Too long.")],
      options: [flag, Flag("q", short: "q", help: "x"), Flag("help", help: "x"), Flag("-x", help: "x")],
      operands: [
        RepeatedOperand("A", help: "x"), OptionalOperand("B", help: "x"), Operand("A", help: ""),
      ]
    ) { _ in }
    let program = Program(CommandSpec("do", summary: "Do.", subcommands: [command, command]), globals: [flag])
    let problems = Set(program.outline.problems())
    let expected = [
      "two options --quiet", "two options -q", "two options --help", "option ---x is hard to type",
      "no help for --quiet",
      "two operands A", "A is required, but stands behind one that is not", "B stands behind one that takes all",
      "A stands behind one that takes all", "no help for A", "no summary", "a name that is hard to type",
      "an example of more than 76 columns: \(String(repeating: "x", count: 77))",
    ]
    #expect(problems.isSuperset(of: expected.map { "do Do It: \($0)" }))
    #expect(problems.contains("do: two subcommands Do It"))
  }
}

/// Texts that could break out of every format that they are put into.
@Suite struct HostileTextTests {
  private static let text = #"It's "50%" \n $(rm) `id` [x] {y} <z> a|b a:b *.* ~ # ! & ; é 漢字 .Pp 'x \fB %s"#

  private let outline = Program(
    CommandSpec<Void>(
      "odd", summary: text, discussion: "\(text)\n\n  \(text)\n\n.Sh \(text)\n\n'br",
      examples: [Example("odd \(text)", text)],
      subcommands: [
        CommandSpec(
          "one", summary: text,
          subcommands: [
            CommandSpec(
              "two", summary: text,
              options: [
                RequiredOption("choice", value: .choice([text, ".", "Ar"]), group: text, help: text),
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
    let path = ["odd"] + command
    let lines = (outline.help(for: path, width: width) + outline.usage(for: path, width: width)).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= min(max(width, 40), 100) })
    #expect(lines.allSatisfy { $0.last != " " })
  }

  @Test(.enabled(if: isInstalled("bash"), "bash is not installed"))
  func bashTakesTheScript() throws {
    try check(["bash", "-n", "/dev/stdin"], outline.completions(for: .bash))
  }

  @Test(.enabled(if: isInstalled("zsh"), "zsh is not installed"))
  func zshTakesTheScript() throws {
    try check(["zsh", "-n", "/dev/stdin"], outline.completions(for: .zsh))
  }

  @Test(.enabled(if: isInstalled("fish"), "fish is not installed"))
  func fishTakesTheScript() throws {
    try check(["fish", "--no-config", "-n", "/dev/stdin"], outline.completions(for: .fish))
  }

  @Test(.enabled(if: isInstalled("mandoc"), "mandoc is not installed"))
  func mandocFindsNothingWrong() throws {
    try check(["mandoc", "-T", "lint", "-W", "warning"], Post.program.outline.manPage(date: "January 31, 2024"))
    try check(["mandoc", "-T", "lint", "-W", "warning"], outline.manPage(date: "January 31, 2024"))
  }

  private func check(_ command: [String], _ input: String) throws {
    let output = try Subprocess.run(command, input: Array(input.utf8), timeout: .seconds(60))
    #expect(output.status == .exited(0))
    #expect(String(decoding: output.stdout + output.stderr, as: UTF8.self) == "")
  }
}
