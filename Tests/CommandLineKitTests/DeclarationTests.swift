import CommandLineKit
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
