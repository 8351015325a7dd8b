import TextFormats

/// A request to a provider.
struct SandboxRequest: Hashable, Sendable {
  enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
  }

  var method: Method
  /// Percent-decoded, below the provider's name: `/services/send.php`; empty for the name alone.
  var path: String
  var query = FormFields()
  var body = FormFields()
  /// The `Authorization` field.
  var authorization: String?

  /// Query and body together, like PHP's `$_REQUEST`: the body wins.
  var fields: FormFields { FormFields(query.list + body.list) }
}

/// A request and its provider.
struct AddressedRequest: Hashable, Sendable {
  /// The first part of the path.
  var provider: String
  var request: SandboxRequest
}

extension AddressedRequest {
  /// Nil for a method other than GET and POST.
  init?(_ raw: RawRequest) throws(HTTPRefusal) {
    guard let method = SandboxRequest.Method(rawValue: raw.head.method) else { return nil }
    let target = Self.originForm(raw.head.target).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let path = try String(validating: target[0].utf8.percentDecoded()).dropFirst()
    provider = String(path.prefix { $0 != "/" })
    request = SandboxRequest(
      method: method, path: String(path.dropFirst(provider.count)),
      query: try FormFields(urlEncoded: target.count > 1 ? Array(target[1].utf8) : []),
      body: try FormFields(body: raw.body, contentType: raw.head.values("content-type").first),
      authorization: raw.head.values("authorization").first)
  }

  /// The path of a target, not decoded, without the query.
  static func path(ofTarget target: String) -> Substring { originForm(target).prefix { $0 != "?" } }

  /// A target without `http://host`, which clients write for proxies (RFC 9112, 3.2.2).
  private static func originForm(_ target: String) -> Substring {
    guard target.lowercased().hasPrefix("http://") else { return target[...] }
    return target.dropFirst("http://".count).drop { $0 != "/" && $0 != "?" }
  }
}

/// A number that consists only of the digits 0 to 9; nil for anything else, and if it is too large.
func wholeNumber(_ text: String) -> Int? {
  text.utf8.allSatisfy(\.isDigit) ? Int(text) : nil
}

extension UInt8 {
  /// Whether it is one of `0` to `9`.
  var isDigit: Bool { (0x30...0x39).contains(self) }

  /// Whether it is one of `A` to `Z` or `a` to `z`.
  var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }

  /// Whether it is a space or a tab.
  var isBlank: Bool { self == 0x20 || self == 0x09 }
}

extension BidirectionalCollection<UInt8> {
  /// Without leading and trailing spaces and tabs.
  var trimmingBlanks: SubSequence {
    let rest = drop(while: \.isBlank)
    let last = rest.lastIndex { !$0.isBlank }
    return last.map { rest[...$0] } ?? rest
  }
}

extension StringProtocol {
  /// Without leading and trailing spaces and tabs.
  var trimmingBlanks: String {
    String(decoding: Array(utf8).trimmingBlanks, as: UTF8.self)
  }
}
