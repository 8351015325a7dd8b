import CommandLineKit
import TestSupport
import Testing

/// What is generated, as it was reviewed.
@Suite struct SnapshotTests {
  private let outline = Post.program.outline

  @Test(arguments: ["post", "post-send", "post-friends", "post-friends-add", "post-help", "post-files"])
  func help(_ command: String) {
    let path = command.split(separator: "-").map(String.init)
    assertSnapshot(outline.help(for: path), named: "help-\(command).txt")
  }

  @Test func narrowHelp() {
    assertSnapshot(outline.help(for: ["post", "friends", "add"], width: 40), named: "help-narrow.txt")
  }

  @Test(arguments: ["post", "post-send", "post-friends"])
  func briefHelp(_ command: String) {
    let path = command.split(separator: "-").map(String.init)
    assertSnapshot(outline.briefHelp(for: path), named: "brief-\(command).txt")
  }

  @Test(arguments: ["post", "post-send", "post-friends-add"])
  func manPage(_ command: String) throws {
    let path = command.split(separator: "-").map(String.init)
    let page = try #require(outline.manPage(for: path, date: "January 31, 2024", version: "1.2.3"))
    assertSnapshot(page, named: "\(command).1")
  }

  @Test func referenceIndex() {
    assertSnapshot(outline.markdownIndex(folder: "commands"), named: "index.md")
  }

  @Test(arguments: ["post-send", "post-friends"])
  func reference(_ command: String) throws {
    let path = command.split(separator: "-").map(String.init)
    let page = try #require(outline.markdownPage(for: path, index: "../index.md"))
    assertSnapshot(page, named: "\(command).md")
  }

  @Test(arguments: Shell.allCases)
  func completions(_ shell: Shell) {
    assertSnapshot(outline.completions(for: shell), named: "completions.\(shell)")
  }
}
