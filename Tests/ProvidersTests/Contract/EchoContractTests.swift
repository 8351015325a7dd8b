import Messaging
import Testing
import TextFormats

@testable import Providers

/// No provider gets a secret into a record or an error by repeating it, wherever in a reply.
@Suite struct EchoContractTests {
  private static let key = "k3y-abc/+123&x"
  /// As it is, percent-encoded, as an HTML entity, in Base64 and in hexadecimal.
  private static let spellings = [
    key, "k%33y-abc%2f%2B123%26x", "k3y-abc/+123&amp;x", "azN5LWFiYy8rMTIzJng=", "6b33792d6162632f2b3132332678",
  ]

  @Test("A sent message's record shows none, nor does a refusal", arguments: ProviderFixture.all)
  func sending(fixture: ProviderFixture) throws {
    var call = try fixture.send(fixture.batch)
    call.request = call.request.withKey(Self.key)
    let mask = SecretMask(call.request.secrets)
    for reply in [fixture.acceptance, try JSONValue(parsing: fixture.refusal.utf8)] {
      for spelling in Self.spellings {
        for echo in reply.echoes(of: "no \(spelling).") { expectNone(call.outcome(echo, mask), spelling) }
      }
    }
  }

  @Test("Nor does the answer to any other call", arguments: CallFixture.all)
  func calls(fixture: CallFixture) throws {
    let call = APICall<String>(request: fixture.request.withKey(Self.key)) { response throws(ProviderError) in
      String(reflecting: try fixture.decode(response))
    }
    let mask = SecretMask(call.request.secrets)
    for reply in [fixture.reply, try JSONValue(parsing: fixture.conventions.refusal.utf8)] {
      for spelling in Self.spellings {
        for echo in reply.echoes(of: "no \(spelling).") { expectNone(call.outcome(echo, mask), spelling) }
      }
    }
  }

  private func expectNone(_ outcome: String, _ spelling: String) {
    #expect(!outcome.contains(spelling) && !outcome.contains(Self.key), "\(outcome)")
  }
}

extension HTTPRequest {
  /// The request with another key in it.
  fileprivate func withKey(_ key: String) -> HTTPRequest {
    var request = self
    if case .form(let fields) = body {
      request.body = .form(fields.map { $0.isSecret ? FormField($0.name, key, isSecret: true) : $0 })
    }
    if case .basic = authorization { request.authorization = .basic(user: key, password: "p4ssw0rd") }
    if case .token(let token) = authorization {
      request.authorization = .token(SignedToken(id: token.id, privateKey: key, signature: token.signature))
    }
    return request
  }
}

extension APICall {
  /// All that there is to see of what a 200 reply amounts to.
  fileprivate func outcome(_ reply: JSONValue, _ mask: SecretMask) -> String {
    let response = HTTPResponse(status: 200, body: reply.document)
    return switch Result(catching: { try value(of: .success(response), masking: mask) }) {
    case .success(let value): String(reflecting: value)
    case .failure(let error): String(reflecting: error)
    }
  }
}

extension JSONValue {
  /// The documents in which one value, or the name of one member, is that text.
  fileprivate func echoes(of text: String) -> [JSONValue] {
    switch self {
    case .object(let object):
      [.string(text)]
        + object.members.indices.flatMap { index in
          object.members[index].value.echoes(of: text).map { value in
            var echo = object
            echo.members[index].value = value
            return .object(echo)
          } + [.object(JSONObject(object.members + [JSONObject.Member(text, .string(text))]))]
        }
    case .array(let elements):
      elements.indices.flatMap { index in
        elements[index].echoes(of: text).map { value in
          var echo = elements
          echo[index] = value
          return .array(echo)
        }
      }
    default: [.string(text)]
    }
  }
}
