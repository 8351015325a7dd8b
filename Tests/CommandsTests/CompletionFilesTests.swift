import CommandLineKit
import TestSupport
import Testing

@testable import Commands

@Suite struct CompletionFilesTests {
  @Test(
    "The completions that are installed are those of today's commands; 'make generate' writes them",
    arguments: [(Shell.bash, "sms.bash"), (.zsh, "_sms"), (.fish, "sms.fish")])
  func upToDate(shell: Shell, file: String) throws {
    let tests = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let committed = try FileWalk.bytes(of: "/\(tests)/completions/\(file)")
    #expect(String(decoding: committed, as: UTF8.self) == SMSProgram.program.outline.completions(for: shell))
  }

  @Test("Every command and option is declared without a mistake")
  func declarations() {
    #expect(SMSProgram.program.outline.problems() == [])
  }

  @Test("No line of help is wider than 80 columns")
  func helpWidth() {
    let outline = SMSProgram.program.outline
    let topics = outline.sections.compactMap(\.topic).map { [outline.name, $0] }
    for path in paths(of: outline.root, above: []) + topics {
      let lines = outline.help(for: path, width: 80).split(separator: "\n")
      #expect(lines.allSatisfy { $0.count <= 80 }, "\(path)")
    }
  }

  private func paths(of command: CommandOutline, above: [String]) -> [[String]] {
    let path = above + [command.name]
    return [path] + command.subcommands.flatMap { paths(of: $0, above: path) }
  }
}
