/// Base64 (RFC 4648).
public enum Base64 {
  /// With `+`, `/` and padding (section 4).
  public static func encoded(_ bytes: some Sequence<UInt8>) -> String {
    text(of: bytes, alphabet: letters + [UInt8]("+/".utf8), padding: true)
  }

  /// With `-` and `_`, without padding (section 5).
  public static func urlEncoded(_ bytes: some Sequence<UInt8>) -> String {
    text(of: bytes, alphabet: letters + [UInt8]("-_".utf8), padding: false)
  }

  private static let letters = [UInt8]("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

  private static func text(of bytes: some Sequence<UInt8>, alphabet: [UInt8], padding: Bool) -> String {
    var text: [UInt8] = []
    var (bits, count) = (0, 0)
    for byte in bytes {
      (bits, count) = (bits << 8 | Int(byte), count + 8)
      while count >= 6 {
        count -= 6
        text.append(alphabet[bits >> count & 63])
      }
      bits &= (1 << count) - 1
    }
    if count > 0 { text.append(alphabet[bits << (6 - count) & 63]) }
    if padding { while text.count % 4 != 0 { text.append(UInt8(ascii: "=")) } }
    return String(decoding: text, as: UTF8.self)
  }
}

/// Comparison of secrets.
public enum ConstantTime {
  /// Whether both have the same bytes, in a time that reveals only whether the lengths differ.
  public static func areEqual(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
