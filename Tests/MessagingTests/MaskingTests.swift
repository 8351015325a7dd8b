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
}
