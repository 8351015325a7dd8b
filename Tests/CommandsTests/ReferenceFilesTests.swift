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

  @Test("The reference and the man pages are those of today's commands; 'make generate' writes them")
  func upToDate() throws {
    #expect(try committed("commands.md") == ReferenceCommand.Form.markdown.text(of: outline, [outline.name]))
    for path in [[outline.name]] + outline.commands.map(\.path) {
      let man = try committed("man/\(path.joined(separator: "-")).1")
      #expect(man == ReferenceCommand.Form.man.text(of: outline, path), "\(path)")
      guard path.count > 1 else { continue }
      let page = try committed("commands/\(path.dropFirst().joined(separator: "-")).md")
      #expect(page == ReferenceCommand.Form.markdown.text(of: outline, path), "\(path)")
    }
  }

  @Test(
    "The tables in the docs show what the adapters and records declare; 'make generate' writes them",
    arguments: [(ReferenceCommand.Form.capabilities, "providers.md"), (.fields, "output.md")])
  func tables(form: ReferenceCommand.Form, file: String) throws {
    let text = try committed(file)
    let start = try #require(text.firstRange(of: "<!-- generated: \(form.rawValue) (make generate) -->\n\n"))
    let end = try #require(text.firstRange(of: "\n<!-- end of generated -->"))
    #expect(text[start.upperBound..<end.lowerBound] == (try #require(form.text(of: outline, [outline.name]))))
  }

  private static let hasMandoc = (try? Subprocess.run(["mandoc", "/dev/null"], timeout: .seconds(10))) != nil

  // Not by the conventions of one operating system.
  @Test("mandoc has nothing to say about any man page", .enabled(if: hasMandoc, "mandoc is not installed"))
  func lint() throws {
    for path in [[outline.name]] + outline.commands.map(\.path) {
      let page = try #require(outline.manPage(for: path, date: Version.date, version: Version.current))
      let lint = try Subprocess.run(["mandoc", "-Tlint", "-Wstyle"], input: Array(page.utf8), timeout: .seconds(30))
      #expect(lint.status == .exited(0), "\(path): \(String(decoding: lint.stdout, as: UTF8.self))")
    }
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
