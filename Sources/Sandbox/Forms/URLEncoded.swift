extension FormFields {
  /// Reads `name=value&name=value` (WHATWG URL, 5.1); texts that are not UTF-8 are refused.
  init(urlEncoded bytes: [UInt8]) throws(HTTPRefusal) {
    list = []
    for pair in bytes.split(separator: UInt8(ascii: "&")) {
      let name = pair.prefix { $0 != UInt8(ascii: "=") }
      let value = pair.dropFirst(name.count + 1)
      list.append(Field(name: try Self.text(name), value: try Self.text(value)))
    }
  }

  private static func text(_ bytes: ArraySlice<UInt8>) throws(HTTPRefusal) -> String {
    try String(percentDecoding: bytes.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 })
  }
}

extension String {
  /// Undoes percent-encoding; a percent sign without two hexadecimal digits stands for itself.
  init(percentDecoding bytes: [UInt8]) throws(HTTPRefusal) {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), let byte = Self.byte(bytes[(index + 1)...].prefix(2)) {
        decoded.append(byte)
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    try self.init(validating: decoded)
  }

  /// The text these bytes are in UTF-8.
  init(validating bytes: [UInt8]) throws(HTTPRefusal) {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .badRequest("text that is not UTF-8") }
    self = text
  }

  private static func byte(_ digits: ArraySlice<UInt8>) -> UInt8? {
    let values = digits.compactMap(\.hexadecimalValue)
    return values.count == 2 ? values[0] << 4 | values[1] : nil
  }
}

extension UInt8 {
  /// What this hexadecimal digit is worth; nil for any other byte.
  fileprivate var hexadecimalValue: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
