import Platform
import Testing

@testable import Sandbox

@Suite struct ReplyScriptTests {
  static let reply = SandboxReply.json(["success": true])
  static let start = MonotonicInstant.now

  private func script(_ fault: FaultKind?) -> ReplyScript {
    ReplyScript(Self.reply, fault: fault, start: Self.start, keepAlive: .yes)
  }

  private func bytes(_ script: ReplyScript) -> [UInt8] {
    script.pieces.flatMap(\.bytes)
  }

  @Test("Without a fault the whole reply leaves at once and the connection stays open")
  func whole() {
    #expect(script(nil).ending == .keepOpen)
    #expect(
      String(decoding: bytes(script(nil)), as: UTF8.self).hasSuffix("Content-Length: 16\r\n\r\n{\"success\":true}"))
  }

  @Test(
    "Dropping sends nothing and cuts; hanging sends nothing and stays",
    arguments: [
      (FaultKind.dropBefore, ReplyScript.Ending.cut), (.dropAfter, .cut), (.hang, .hang),
    ])
  func nothing(fault: FaultKind, ending: ReplyScript.Ending) {
    #expect(bytes(script(fault)).isEmpty)
    #expect(script(fault).ending == ending)
  }

  @Test("A truncated reply announces more than it sends")
  func truncated() {
    #expect(bytes(script(.truncate)) == bytes(script(nil)).dropLast(8))
    #expect(script(.truncate).ending == .cut)
  }

  @Test("A truncated reply without a body lacks a part of its head")
  func truncatedHead() {
    let script = ReplyScript(SandboxReply(), fault: .truncate, start: Self.start, keepAlive: .yes)
    #expect(!String(decoding: bytes(script), as: UTF8.self).contains("\r\n\r\n"))
  }

  @Test("A slow reply is whole in the end, after five seconds")
  func slow() {
    #expect(bytes(script(.slow)) == bytes(script(nil)))
    #expect(script(.slow).pieces.last?.at == Self.start + .seconds(5))
    #expect(script(.slow).pieces.map(\.at) == script(.slow).pieces.map(\.at).sorted())
    #expect(script(.slow).pieces.allSatisfy { !$0.bytes.isEmpty })
  }

  @Test("Garbage is a whole HTTP reply with status 200 that is not UTF-8")
  func garbage() {
    let text = bytes(script(.garbage))
    #expect(text.starts(with: "HTTP/1.1 200 OK\r\n".utf8))
    #expect(String(validating: text, as: UTF8.self) == nil)
    #expect(script(.garbage).ending == .keepOpen)
  }

  @Test(
    "Status faults keep providers from seeing the request; the busy ones say when to come back",
    arguments: [
      (FaultKind.http500, 500, false), (.http429, 429, true), (.http503, 503, true),
    ])
  func statuses(fault: FaultKind, status: Int, retries: Bool) throws {
    let reply = try #require(fault.replyInstead)
    #expect(reply.status == status)
    #expect(reply.headers.contains { $0.name == "Retry-After" } == retries)
  }
}
