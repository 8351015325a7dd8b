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

  @Test(arguments: ["post", "post-friends"])
  func usage(_ command: String) {
    let path = command.split(separator: "-").map(String.init)
    assertSnapshot(outline.usage(for: path), named: "usage-\(command).txt")
  }

  @Test func manPage() {
    assertSnapshot(outline.manPage(date: "January 31, 2024"), named: "post.1")
  }

  @Test func reference() {
    assertSnapshot(outline.markdown(), named: "reference.md")
  }

  @Test(arguments: Shell.allCases)
  func completions(_ shell: Shell) {
    assertSnapshot(outline.completions(for: shell), named: "completions.\(shell)")
  }
}
