import CommandLineKit
import Testing

@Suite struct ParsingTests {
  @Test func smoke() throws {
    let invocation = Post.program.parse(["-qp", "office", "send", "bob", "--from=ann", "hello"])
    guard case .run(let action as Send) = invocation.request else {
      Issue.record("\(invocation.request)")
      return
    }
    #expect(action.from == "ann")
    #expect(action.message == "hello")
    #expect(invocation.parsed[Post.profile] == "office")
    #expect(invocation.path == ["post", "send"])
  }
}
@Test func show() {
  print(Post.program.outline.help(for: ["post"]))
  print(Post.program.outline.help(for: ["post", "send"]))
  print(Post.program.outline.help(for: ["post", "friends", "add"], width: 50))
  print(Post.program.outline.usage(for: ["post", "friends"]))
}
