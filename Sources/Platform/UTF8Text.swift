/// Bytes that are not UTF-8.
public struct InvalidUTF8: Error, Hashable, Sendable {
  /// How many valid bytes come before.
  public var offset: Int
}

extension String {
  /// The text of bytes that must be UTF-8; nothing is ever replaced by U+FFFD.
  public init<Bytes: Collection<UInt8>>(utf8 bytes: Bytes) throws(InvalidUTF8) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw InvalidUTF8(offset: validPrefixLength(bytes))
    }
    self = text
  }
}

private func validPrefixLength(_ bytes: some Collection<UInt8>) -> Int {
  var parser = Unicode.UTF8.ForwardParser()
  var iterator = bytes.makeIterator()
  var length = 0
  while case .valid(let scalar) = parser.parseScalar(from: &iterator) { length += scalar.count }
  return length
}
