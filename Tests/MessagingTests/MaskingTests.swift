import Messaging
import Testing

@Suite struct MaskingTests {
  @Test("A provider that repeats the key in its error doesn't get it shown")
  func errorsAreMasked() {
    let request = HTTPRequest(
      url: "https://example.com", form: [FormField("key", "s3cret-key", isSecret: true), FormField("to", "555")])
    let call = APICall<Int>(request: request) { (_) throws(ProviderError) in
      throw ProviderError(.refused, message: "Invalid key s3cret-key for 555")
    }
    #expect(throws: ProviderError(.refused, message: "Invalid key ******** for 555")) {
      try call.value(of: .success(HTTPResponse(status: 200, body: [])))
    }
  }

  @Test(
    "A secret is masked in every spelling that a reply may have",
    arguments: [
      "s3cr&t /é\"👋", "s3cr%26t+%2F%C3%A9%22%F0%9F%91%8B", "s3cr%26t%20%2F%C3%A9%22%F0%9F%91%8B", "s3cr&t /é\\\"👋",
      "s3cr&t \\/\\u00e9\\\"\\ud83d\\udc4b", "czNjciZ0IC/DqSLwn5GL",
    ])
  func spellings(spelling: String) {
    #expect("a \(spelling) b".masking(["s3cr&t /é\"👋"]) == "a ******** b")
  }

  @Test("Basic credentials are masked also as the header has them")
  func basic() {
    let request = HTTPRequest(url: "", form: [], authorization: .basic(user: "the-key", password: "the-password"))
    #expect("Basic dGhlLWtleTp0aGUtcGFzc3dvcmQ=".masking(request.secrets) == "Basic ********")
  }
}
