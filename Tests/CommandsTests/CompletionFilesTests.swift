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

  @Test("Every completion that a script asks for is one that the program knows")
  func dynamicCompletions() {
    let outline = SMSProgram.program.outline
    let commands = outline.commands.map(\.command)
    let values =
      (outline.globals + commands.flatMap(\.options)).compactMap(\.value) + commands.flatMap(\.operands).map(\.value)
    for case .dynamic(let name) in values.map(\.completion) {
      #expect(CompletionHookCommand.Kind(rawValue: name) != nil, "\(name)")
    }
  }
}

/// How long and how wide help is.
@Suite struct HelpLimitTests {
  private let outline = SMSProgram.program.outline

  @Test("No line of help is wider than 80 columns")
  func width() {
    let topics = outline.sections.compactMap(\.topic).map { [outline.name, $0] }
    for path in paths(of: outline.root, above: []) + topics {
      let lines = (outline.help(for: path) + outline.briefHelp(for: path)).split(separator: "\n")
      #expect(lines.allSatisfy { $0.count <= 80 }, "\(path)")
    }
  }

  @Test(
    "The short help fits on a screen",
    arguments: [([], 40), (["send"], 40), (["list-send"], 40), (["status"], 24), (["bulk"], 70), (["contacts"], 15)])
  func height(command: [String], most: Int) {
    let lines = outline.briefHelp(for: ["sms"] + command).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count - 1 <= most)
  }

  @Test("The short help has one sentence, at most three examples, and a line for each option of the command")
  func shortForm() {
    for (path, command) in outline.commands {
      let lines = outline.briefHelp(for: path).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      #expect(lines.first == "Usage: \(outline.usage(for: path))" && lines[1] == command.summary, "\(path)")
      let examples = lines.drop { $0 != "Examples:" }.dropFirst().prefix { !$0.isEmpty }
      #expect((1...3).contains(examples.count), "\(path)")
      for option in command.options where !option.isHidden {
        let line = lines.first { $0.hasPrefix("  ") && $0.dropFirst(6).hasPrefix("\(option.longName) ") }
        let sentence = option.help.split(separator: ". ")[0]
        #expect(line?.contains(sentence) == true, "\(path) \(option.longName)")
      }
    }
  }

  @Test("The long help of a command names the global options last, without explaining them")
  func globalOptions() {
    for path in outline.commands.map(\.path) {
      let tail = outline.help(for: path).split(separator: "\n\n").last { $0.hasPrefix("Global options") }
      #expect(tail?.contains("--retries") == true && tail?.contains("How often") == false, "\(path)")
    }
  }

  private func paths(of command: CommandOutline, above: [String]) -> [[String]] {
    let path = above + [command.name]
    return [path] + command.subcommands.flatMap { paths(of: $0, above: path) }
  }
}
