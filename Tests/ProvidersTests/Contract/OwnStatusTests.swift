import Messaging
import Testing
import TextFormats

@testable import Providers

/// An API as none of ours is: GET and JSON bodies, and refusals with status 400 and JSON of its own.
private struct StatusAPI {
  func balance() -> APICall<String> {
    call(HTTPRequest(.get, url: "https://sms.example/balance"))
  }

  func send(_ message: OutgoingMessage) -> APICall<String> {
    let body: JSONValue = ["to": .string(message.to.e164), "text": .string(message.body)]
    return call(HTTPRequest(url: "https://sms.example/messages", body: .json(body)))
  }

  private func call(_ request: HTTPRequest) -> APICall<String> {
    APICall(request: request, judgesStatus: { $0 == 200 || $0 == 400 }) { response throws(ProviderError) in
      let reply = try response.json()
      if let code = reply["code"]?.words {
        throw response.refusal(.refused, code: code, message: reply["message"]?.words)
      }
      guard response.status == 200, let value = reply["value"]?.words else { throw response.unexpectedForm }
      return value
    }
  }
}

@Suite struct OwnStatusTests {
  private let api = StatusAPI()

  private func outcome(_ status: Int, _ body: String) -> Result<String, ProviderError> {
    Result { () throws(ProviderError) in
      try api.send(message()).value(of: .success(HTTPResponse(status: status, body: Array(body.utf8))))
    }
  }

  @Test("An adapter says that a 400 with the API's own JSON is a refusal")
  func refusal() {
    let refused = ProviderError(.refused, code: "7", message: "No such number", httpStatus: 400)
    #expect(outcome(400, #"{"code":7,"message":"No such number"}"#) == .failure(refused))
    #expect(outcome(200, #"{"value":"1"}"#) == .success("1"))
  }

  @Test(
    "A 400 that the API didn't write, and a status that the adapter doesn't judge, leave the outcome unknown",
    arguments: [(400, "<html>"), (400, ""), (400, "{}"), (404, #"{"code":7}"#), (500, #"{"code":7}"#)])
  func unknown(status: Int, body: String) throws {
    let error = #expect(throws: ProviderError.self) { try outcome(status, body).get() }
    #expect(error?.leavesOutcomeUnknown == true)
  }

  @Test("Method and body are the adapter's")
  func request() {
    #expect(api.balance().request.method == .get && api.balance().request.body.bytes.isEmpty)
    let request = api.send(message("Hi")).request
    #expect(request.method == .post && request.body.contentType == "application/json")
    #expect(String(decoding: request.body.bytes, as: UTF8.self) == #"{"to":"+15550100001","text":"Hi"}"#)
  }
}
