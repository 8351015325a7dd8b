import Messaging
import TextFormats

extension HTTPResponse {
  /// The body as JSON; throws if it is empty or anything else, as the reply can't be trusted then.
  func json() throws(ProviderError) -> JSONValue {
    guard body.contains(where: { !$0.isASCIIWhitespace }) else { throw untrusted("the reply is empty") }
    do {
      return try JSONValue(parsing: body)
    } catch {
      throw untrusted("the reply isn't JSON: \(excerpt)")
    }
  }

  /// The same for a history. Throws if names repeat: if it lists its rows twice, they might be read as none.
  func historyJSON() throws(ProviderError) -> JSONValue {
    let reply = try json()
    guard !reply.repeatsMembers else { throw unexpectedForm }
    return reply
  }

  /// The error for JSON that is not in the documented form.
  var unexpectedForm: ProviderError {
    untrusted("unexpected reply: \(excerpt)")
  }

  /// The error for a request that the provider refused, in its own words if there are any.
  func refusal(_ kind: ProviderError.Kind, code: String?, message: String?) -> ProviderError {
    let message = message?.unlessBlank ?? "the request was refused without a reason"
    return ProviderError(kind, code: code?.unlessBlank, message: message, httpStatus: status)
  }

  /// The same for a request meant to have an effect. A reply with repeated names may say both no and yes.
  func refusal(
    _ kind: ProviderError.Kind, code: String?, message: String?, in reply: JSONValue
  ) -> ProviderError {
    reply.repeatsMembers ? unexpectedForm : refusal(kind, code: code, message: message)
  }

  private func untrusted(_ message: String) -> ProviderError {
    ProviderError(.untrusted, message: message, httpStatus: status)
  }

  /// The beginning of the body on one line, with unprintable characters escaped.
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

extension JSONValue {
  /// The phone number in a string or number.
  var phoneNumber: PhoneNumber? {
    text.flatMap(PhoneNumber.init(inAPI:))
  }

  /// A text that is not blank; nil otherwise.
  var words: String? {
    text?.unlessBlank
  }

  /// An amount as written, such as `0.0075`: digits, optionally with a point and more digits.
  var decimal: String? {
    guard let text, text.utf8.areDecimal else { return nil }
    return text
  }

  /// A balance as written: an amount that may be negative.
  var signedDecimal: String? {
    guard let text, (text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]).areDecimal
    else { return nil }
    return text
  }

  /// A boolean in any of the forms that APIs use; nil for anything else.
  var flag: Bool? {
    if case .bool(let value) = self { return value }
    switch text?.lowercased() {
    case "1", "true", "yes": return true
    case "0", "false", "no": return false
    default: return nil
    }
  }

  /// The elements of an array of objects only; nil for anything else.
  var objects: [JSONValue]? {
    array.flatMap { $0.allSatisfy { $0.object != nil } ? $0 : nil }
  }

  /// Whether it is a nonempty array or object.
  var isFilled: Bool {
    array?.isEmpty == false || object?.members.isEmpty == false
  }

  /// E.164 if it is a number, otherwise as the provider wrote it, such as a sender ID.
  var party: String? {
    phoneNumber?.e164 ?? words
  }

  /// A count: a nonnegative integer.
  var count: Int? {
    int.flatMap { $0 >= 0 ? $0 : nil }
  }
}

extension Collection where Element == UInt8 {
  /// Whether these are digits, optionally with a point and more digits.
  fileprivate var areDecimal: Bool {
    let parts = split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isDigit) }
  }
}

extension Timestamp {
  /// Reads dates as APIs write them: RFC 3339, the same with an offset such as `+0600`, and a date or date and time
  /// without an offset, which is read in `zone`. Nil for anything else.
  init?(inAPI text: String, zone: TimeZoneRules) {
    if let time = Timestamp(rfc3339: text) ?? Timestamp(rfc3339: "\(text.dropLast(2)):\(text.suffix(2))") {
      self = time
    } else if let civil = CivilTime(text), let time = zone.moment(of: civil) {
      self = time
    } else {
      return nil
    }
  }
}

extension String {
  /// Nil if there is only white space.
  var unlessBlank: String? {
    isBlank ? nil : self
  }
}

extension UInt8 {
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}

extension JSONValue {
  /// The document on one line.
  var compact: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension JSONValue {
  /// Whether an object in it has two members with the same name: readers differ in which one they use.
  var repeatsMembers: Bool {
    switch self {
    case .array(let elements): elements.contains(where: \.repeatsMembers)
    case .object(let object): object.repeatsNames || object.members.contains { $0.value.repeatsMembers }
    default: false
    }
  }
}

extension JSONObject {
  /// Objects are small, and most names differ in length, so this is faster than a set.
  fileprivate var repeatsNames: Bool {
    members.indices.contains { index in
      let name = members[index].name
      return members[..<index].contains { $0.name.utf8.count == name.utf8.count && $0.name == name }
    }
  }
}

extension ProviderError {
  /// The errors for replies in undocumented forms.
  package static var replyExamples: [ProviderError] {
    let (empty, text) = (HTTPResponse(status: 200, body: []), HTTPResponse(status: 200, body: Array("<html>".utf8)))
    let errors = [empty, text].compactMap { response -> ProviderError? in
      do throws(ProviderError) {
        _ = try response.json()
        return nil
      } catch {
        return error
      }
    }
    let call = SMSITCall.sendToContact
    let unknownID = empty.refusal(.refused, code: nil, message: SMSGatewayReply.noSuchMessage)
    return errors + [text.unexpectedForm, empty.refusal(.refused, code: nil, message: nil), unknownID]
      + [-1, -20, -6].map { empty.refusal(call.kind(of: $0), code: String($0), message: call.meaning(of: $0)) }
  }
}
