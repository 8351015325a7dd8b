import Application
import CommandLineKit
import Platform
import TestSupport
import Testing

@testable import Commands

/// What `make generate` writes into `docs` is what the declarations of today say.
@Suite struct ReferenceFilesTests {
  private static let docs = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/docs"
  private let outline = SMSProgram.program.outline

  private func committed(_ name: String) throws -> String {
    String(decoding: try FileWalk.bytes(of: "\(Self.docs)/\(name)"), as: UTF8.self)
  }

  @Test(
    "The reference and the man page are those of today's commands; 'make generate' writes them",
    arguments: [(ReferenceCommand.Form.markdown, "commands.md"), (.man, "sms.1")])
  func upToDate(form: ReferenceCommand.Form, file: String) throws {
    #expect(try committed(file) == form.text(of: outline))
  }

  @Test(
    "The tables in the docs show what the adapters and records declare; 'make generate' writes them",
    arguments: [(ReferenceCommand.Form.capabilities, "providers.md"), (.fields, "output.md")])
  func tables(form: ReferenceCommand.Form, file: String) throws {
    let text = try committed(file)
    let start = try #require(text.firstRange(of: "<!-- generated: \(form.rawValue) (make generate) -->\n\n"))
    let end = try #require(text.firstRange(of: "\n<!-- end of generated -->"))
    #expect(text[start.upperBound..<end.lowerBound] == form.text(of: outline))
  }

  private static let hasMandoc = (try? Subprocess.run(["mandoc", "/dev/null"], timeout: .seconds(10))) != nil

  @Test("mandoc has nothing to say against the man page", .enabled(if: hasMandoc, "mandoc is not installed"))
  func lint() throws {
    let lint = try Subprocess.run(
      ["mandoc", "-Tlint", "-W", "warning", "\(Self.docs)/sms.1"],
      environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"],
      timeout: .seconds(30))
    #expect(lint.status == .exited(0), "\(String(decoding: lint.stdout, as: UTF8.self))")
  }

  @Test("Every command that does something has examples, and shows them in its help")
  func examples() {
    for (path, command) in commands(outline.root, at: []) where !command.isGroup && !command.isHidden {
      #expect(!command.examples.isEmpty, "\(path)")
      let help = outline.help(for: path)
      #expect(command.examples.allSatisfy { help.contains("  \($0.line)\n") }, "\(path)")
    }
  }

  private func commands(_ command: CommandOutline, at above: [String]) -> [(path: [String], command: CommandOutline)] {
    let path = above + [command.name]
    return [(path, command)] + command.subcommands.flatMap { commands($0, at: path) }
  }
}
