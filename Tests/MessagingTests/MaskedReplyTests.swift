import Messaging
import Testing
import TextFormats

/// What an adapter sees of a reply that repeats a secret.
@Suite struct MaskedReplyTests {
  private static let key = "k3y-abc/+123"

  /// What a call with that key, and with the text `own`, reads of a reply.
  private func read(_ body: String, key: String = key, own: String = "") throws -> String {
    let request = HTTPRequest(url: "", form: [FormField("key", key, isSecret: true), FormField("text", own)])
    let call = APICall<String>(request: request) { (response) throws(ProviderError) in
      String(decoding: response.body, as: UTF8.self)
    }
    return try call.value(of: .success(HTTPResponse(status: 200, body: Array(body.utf8))))
  }

  @Test(
    "A secret is masked in values and names, and JSON stays JSON",
    arguments: [
      (#"{"a":"k3y-abc/+123"}"#, #"{"a":"********"}"#),
      (#"{"a":["x k3y-abc\/+123\n"]}"#, #"{"a":["x ********\n"]}"#),
      (#"{"k3y-abc/+123":1}"#, #"{"********":1}"#),
      (#"{"a":"\u006b\u0033y%2Dabc\u0025\u0032F%2b123"}"#, #"{"a":"********"}"#),
      (#"{"a":"azN5LWFiYy8rMTIz"}"#, #"{"a":"********"}"#),
      ("<b>k3y&#45;abc/&#x2b;123</b>", "<b>********</b>"),
      ("key=k3y-abc%2f%2B123&to=1", "key=********&to=1"),
    ])
  func masked(body: String, seen: String) throws {
    #expect(try read(body) == seen)
  }

  @Test(
    "A reply without a secret is read byte by byte as it came",
    arguments: [#"{ "a" : "\u00e9 100 % &amp; \/" }"#, "", "\u{0}", "{", "k3y-abc/+12", #"{"a":1.50}"#])
  func untouched(body: String) throws {
    #expect(try read(body) == body)
  }

  @Test("The user's own text is not masked: messages are known by it")
  func ownText() throws {
    let text = "Your key is k3y-abc/+123"
    let reply = #"{"message":"Your key is k3y-abc/+123","error":"no Your key is k3y-abc/+123"}"#
    #expect(
      try read(reply, own: text) == #"{"message":"Your key is k3y-abc/+123","error":"no Your key is ********"}"#)
    let batch = #"[{"number":"+15550100001","message":"Your key is k3y-abc\/+123"}]"#
    #expect(try read(#"["Your key is k3y-abc/+123"]"#, own: batch) == #"["Your key is k3y-abc/+123"]"#)
  }

  @Test(
    "A short secret, or one of digits, doesn't spoil numbers and words that it is in by chance",
    arguments: [
      (
        "1234", #"{"to":"+15550101234","ID":51234,"error":"no 1234"}"#,
        #"{"to":"+15550101234","ID":51234,"error":"no ********"}"#
      ),
      ("1234", #"{"pin":1234}"#, #"{"pin":"********"}"#),
      ("abcd", "abcde xabcd abcd", "abcde xabcd ********"),
      ("1234567890", "x1234567890y 01234567890", "x********y 01234567890"),
    ])
  func chance(key: String, body: String, seen: String) throws {
    #expect(try read(body, key: key) == seen)
  }

  @Test("Of a transport's failure, too, no secret shows")
  func failure() {
    let request = HTTPRequest(url: "", form: [FormField("key", Self.key, isSecret: true)])
    let call = APICall<Int>(request: request) { (_) throws(ProviderError) in 1 }
    #expect(throws: ProviderError(.unreachable, message: "no ********")) {
      try call.value(of: .failure(.notSent(reason: "no \(Self.key)")))
    }
  }

  @Test("Wherever a secret stands, and among whatever bytes, it is found")
  func everywhere() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let letters = Array("abc123-+/ %".unicodeScalars)
      func text(_ count: Int) -> String {
        String(String.UnicodeScalarView((0..<count).map { _ in letters.randomElement(using: &random) ?? "a" }))
      }
      let secret = "~" + text(Int.random(in: 7...12, using: &random))
      let around = text(Int.random(in: 0...20, using: &random))
      let masked = (around + "_" + secret + "_" + around).masking([secret])
      #expect(!masked.contains(secret) && masked.contains("_********_"), "\(secret) in \(around)")
    }
  }
}
