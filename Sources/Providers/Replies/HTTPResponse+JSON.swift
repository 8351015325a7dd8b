import Messaging
import TextFormats

extension HTTPResponse {
  /// The body as JSON; a reply that is empty or something else cannot be trusted.
  func json() throws(ProviderError) -> JSONValue {
    guard body.contains(where: { !$0.isASCIIWhitespace }) else { throw untrusted("the reply is empty") }
    do {
      return try JSONValue(parsing: body)
    } catch {
      throw untrusted("the reply is not JSON: \(excerpt)")
    }
  }

  /// The error for JSON that is not of the form the provider documents.
  var unexpectedForm: ProviderError {
    untrusted("the reply is not of the documented form: \(excerpt)")
  }

  /// The error for a request that the provider says no to, in its own words where it has some.
  func refusal(_ kind: ProviderError.Kind, code: String?, message: String?) -> ProviderError {
    let message = message?.unlessBlank ?? "the provider refuses the request and gives no reason"
    return ProviderError(kind, code: code?.unlessBlank, message: message, httpStatus: status)
  }

  private func untrusted(_ message: String) -> ProviderError {
    ProviderError(.untrusted, message: message, httpStatus: status)
  }

  /// The beginning of the body on one line, what can't be shown escaped.
  private var excerpt: String {
    let limit = 200
    let scalars = String(decoding: body.prefix(4 * limit + 3), as: UTF8.self).unicodeScalars
    return scalars.prefix(limit).map(\.visible).joined() + (scalars.count > limit ? "…" : "")
  }
}

extension Unicode.Scalar {
  fileprivate var visible: String {
    switch properties.generalCategory {
    case .control where properties.isWhitespace: " "
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
      "\\u{\(String(value, radix: 16))}"
    default: String(self)
    }
  }
}

extension UInt8 {
  fileprivate var isASCIIWhitespace: Bool {
    self == UInt8(ascii: " ") || (UInt8(ascii: "\t")...UInt8(ascii: "\r")).contains(self)
  }
}
