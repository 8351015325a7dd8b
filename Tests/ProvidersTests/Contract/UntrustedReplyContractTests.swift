import Messaging
import Testing
import TextFormats

@testable import Providers

/// What holds for replies that refuse, or that nobody should believe, whichever provider they come from.
@Suite struct UntrustedReplyContractTests {
  @Test("A refusal keeps the provider's code and words", arguments: ProviderFixture.all)
  func refusal(fixture: ProviderFixture) throws {
    let error = #expect(throws: ProviderError.self) { try fixture.provider.outcome(of: fixture.batch, fixture.refusal) }
    #expect(error?.kind == .refused)
    #expect(error?.code?.contains("7") == true)
    #expect(error?.message == "No such thing")
    #expect(error?.httpStatus == 200)
  }

  @Test("Refused credentials are told apart", arguments: ProviderFixture.all)
  func credentials(fixture: ProviderFixture) throws {
    let status = fixture.wrongCredentials == nil ? 401 : 200
    let response = HTTPResponse(status: status, body: Array((fixture.wrongCredentials ?? "").utf8))
    let call = try fixture.provider.send(fixture.batch)
    let error = #expect(throws: ProviderError.self) { try call.value(of: .success(response)) }
    #expect(error?.kind == .credentials)
  }

  @Test(
    "A reply that is no answer leaves the outcome open", arguments: ProviderFixture.all,
    [
      "", " \r\n", "<html><body>502 Bad Gateway</body></html>", "<br />\n<b>Warning</b>: mysqli_connect()", "null",
      "[]",
      "{}", "true", "0", "-1", "\"ok\"", "\u{FEFF}", #"{"success":"yes"}"#, #"{"success":null,"data":{"messages":[]}}"#,
      #"{"send_log":{}}"#, #"{"send_log":null,"error":false}"#, #"{"result":{}}"#, #"{"result":0}"#,
      #"{"result":1e999}"#,
      #"{"status":"ok"}"#, #"{"status":1e999}"#, #"{"status":"-99999999999999999999999999"}"#, #"{"error":null}"#,
      #"{"error":[]}"#, String(repeating: "[", count: 100_000), "1", "{\"success\":true,\"status\":\"0\u{0}\"",
    ])
  func garbage(fixture: ProviderFixture, body: String) {
    let error = #expect(throws: ProviderError.self) { try fixture.provider.outcome(of: fixture.batch, body) }
    #expect(error?.kind == .untrusted)
  }

  @Test(
    "A reply that says nothing about the messages leaves the outcome open", arguments: ProviderFixture.all,
    [
      #"{"success":true,"data":{"messages":[]},"send_log":[],"result":1}"#,
      #"{"success":true,"data":{"messages":[{"number":"+15550100009","message":"Hello","ID":1,"status":"Sent"}]},"#
        + #""send_log":[{"code":200,"to":"15550100009","smsid":"1"}],"result":7,"message_id":9}"#,
      #"{"success":"yes","data":[],"send_log":{},"result":[1],"status":{}}"#,
      #"{"status":1e999,"result":1e999,"success":1e999,"send_log":[{"code":1e999,"to":1e999}]}"#,
    ])
  func silence(fixture: ProviderFixture, body: String) throws {
    let provider = try fixture.provider
    do throws(ProviderError) {
      let records = try provider.outcome(of: fixture.batch, body)
      #expect(Set(records.map(\.status)) == [.unknown])
    } catch {
      #expect(error.kind == .untrusted)
    }
  }

  @Test(
    "A status other than success leaves the outcome open, even with a body that takes the messages",
    arguments: ProviderFixture.all, [301, 302, 303, 307, 308, 500, 502, 503, 504])
  func status(fixture: ProviderFixture, status: Int) throws {
    for body in [[], fixture.acceptance.document] {
      let call = try fixture.provider.send(fixture.batch)
      let error = #expect(throws: ProviderError.self) {
        try call.value(of: .success(HTTPResponse(status: status, body: body)))
      }
      #expect(error?.kind == .untrusted)
    }
  }

  @Test("A reply that was cut off anywhere leaves the outcome open", arguments: ProviderFixture.all)
  func truncation(fixture: ProviderFixture) throws {
    let whole = fixture.acceptance.document
    for length in whole.indices {
      let error = #expect(throws: ProviderError.self) {
        try fixture.provider.outcome(of: fixture.batch, Array(whole[..<length]))
      }
      #expect(error?.kind == .untrusted)
    }
  }

  @Test("A reply that can't be read is shown in part, on one line, harmless", arguments: ProviderFixture.all)
  func excerpt(fixture: ProviderFixture) throws {
    let page = "<b>Fatal\nerror</b>\u{1B}[2J\u{202E}" + String(repeating: "x", count: 5000)
    let bytes = Array(page.utf8) + [0xFF]
    let error = #expect(throws: ProviderError.self) { try fixture.provider.outcome(of: fixture.batch, bytes) }
    #expect(error?.message.contains(#"<b>Fatal error</b>\u{1b}[2J\u{202e}xxx"#) == true)
    #expect((error?.message.count ?? 0) < 300)
  }

  @Test("No value in a reply, however odd, does harm", arguments: ProviderFixture.all)
  func mutations(fixture: ProviderFixture) throws {
    for reply in fixture.acceptance.mutations {
      guard let records = try? fixture.provider.outcome(of: fixture.batch, reply.document) else { continue }
      #expect(records.map(\.to) == fixture.batch.map(\.to.e164))
      let unexplained = records.filter { [.unknown, .failed].contains($0.status) != ($0.error != nil) }
      #expect(unexplained.isEmpty)
    }
  }
}
