import Messaging
import TextFormats

extension PhoneNumber {
  /// Reads a number as APIs write it: international, with `+`, `00` or neither. Nil for anything else.
  init?(inAPI text: String) {
    let hasPrefix = text.utf8.first == UInt8(ascii: "+") || text.utf8.starts(with: "00".utf8)
    guard let number = try? PhoneNumber(parsing: hasPrefix ? text : "+\(text)") else { return nil }
    self = number
  }
}

extension String {
  /// Nil where there is nothing but white space.
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
