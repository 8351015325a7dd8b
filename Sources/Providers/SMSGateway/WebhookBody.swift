import Messaging

/// What was posted to a webhook, given whole or as the value of its field.
struct WebhookBody {
  /// What may be the value that was signed: those of a form's fields that count, and the body as it is. Each also without
  /// a line break at its end, which files have that were saved by hand.
  var values: [[UInt8]]

  init(_ body: [UInt8]) {
    values = [body, body.withoutLineBreak].flatMap { body in
      body.split(separator: UInt8(ascii: "&")).compactMap(Self.value) + [body]
    }
  }

  /// The decoded value of a field that reports something; nil for another.
  private static func value(of field: ArraySlice<UInt8>) -> [UInt8]? {
    for name in ["messages=", "ussdRequest="] where field.starts(with: name.utf8) {
      return field.dropFirst(name.utf8.count).formDecoded
    }
    return nil
  }
}

extension [UInt8] {
  fileprivate var withoutLineBreak: [UInt8] {
    guard last == UInt8(ascii: "\n") else { return self }
    return Array(dropLast(dropLast().last == UInt8(ascii: "\r") ? 2 : 1))
  }
}

extension ArraySlice<UInt8> {
  /// Without the escapes of `application/x-www-form-urlencoded`; a `%` that begins none stands for itself.
  fileprivate var formDecoded: [UInt8] {
    var (decoded, rest) = ([UInt8](), self)
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let escaped = UInt8(hexadecimal: rest.prefix(2)) {
        decoded.append(escaped)
        rest = rest.dropFirst(2)
      } else {
        decoded.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return decoded
  }
}

extension UInt8 {
  /// Reads two hexadecimal digits; nil for anything else.
  fileprivate init?(hexadecimal digits: ArraySlice<UInt8>) {
    guard digits.count == 2, digits.allSatisfy({ $0.isDigit || (97...102).contains($0 | 0x20) }) else { return nil }
    self.init(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
