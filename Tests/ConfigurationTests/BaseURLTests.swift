import Testing

import Configuration

@Suite struct BaseURLTests {
  @Test(
    "Addresses that a key may go to; a slash at the end doesn't count",
    arguments: [
      ("https://sms.example.com", "https://sms.example.com"), ("https://sms.example.com/", "https://sms.example.com"),
      ("HTTPS://Example.com/a/b", "HTTPS://Example.com/a/b"),
      ("https://example.com:8443/x", "https://example.com:8443/x"),
      ("http://localhost:8025/vpixelpro", "http://localhost:8025/vpixelpro"), ("http://127.0.0.1", "http://127.0.0.1"),
      ("http://127.8.9.10:80", "http://127.8.9.10:80"), ("http://[::1]:8025/a", "http://[::1]:8025/a"),
      ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
    ])
  func accepted(address: String, text: String) throws {
    #expect(try BaseURL(address, allowsHTTP: false).text == text)
  }

  @Test(
    "Addresses that would leak the key, or that parsers disagree about, are refused",
    arguments: [
      ("http://example.com", BaseURLProblem.insecure(host: "example.com")),
      ("http://127.0.0.1.example.com", .insecure(host: "127.0.0.1.example.com")),
      ("http://localhost.example.com", .insecure(host: "localhost.example.com")),
      ("http://127.1", .insecure(host: "127.1")), ("http://0.0.0.0", .insecure(host: "0.0.0.0")),
      ("https://user@example.com", .userInformation), ("https://user:pw@example.com/", .userInformation),
      ("http://localhost@example.com", .userInformation), ("https://example.com/?a=b", .queryOrFragment),
      ("https://example.com/#a", .queryOrFragment), ("ftp://example.com", .malformed), ("example.com", .malformed),
      ("https://", .malformed), ("https:///x", .malformed), ("https://exa mple.com", .malformed),
      ("https://example.com\\@evil.example", .userInformation), ("https://example.com:0", .malformed),
      ("https://example.com:65536", .malformed), ("https://example.com:", .malformed),
      ("https://ex\u{E4}mple.com", .malformed), ("https://example.com/a\nb", .malformed),
      ("file:///etc/passwd", .malformed),
    ])
  func refused(address: String, problem: BaseURLProblem) {
    #expect(self.problem(of: address, allowsHTTP: false) == problem)
  }

  @Test("allow_http allows http, and nothing else")
  func allowed() throws {
    #expect(try BaseURL("http://example.com", allowsHTTP: true).text == "http://example.com")
    #expect(problem(of: "http://a@example.com", allowsHTTP: true) == .userInformation)
  }

  private func problem(of address: String, allowsHTTP: Bool) -> BaseURLProblem? {
    let error = #expect(throws: ConfigurationError.self) { try BaseURL(address, allowsHTTP: allowsHTTP) }
    return if case .baseURL(_, let problem) = error?.problem { problem } else { nil }
  }
}
