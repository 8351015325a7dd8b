/// HMAC (RFC 2104) with SHA-256.
public enum HMAC {
  /// The 32 bytes that only who knows the key can make of the message.
  public static func sha256(of message: some Collection<UInt8>, key: some Collection<UInt8>) -> [UInt8] {
    let short = key.count > SHA256.blockSize ? SHA256.digest(of: key) : [UInt8](key)
    let padded = short + Array(repeating: 0, count: SHA256.blockSize - short.count)
    let inner = SHA256.digest(of: padded.map { $0 ^ 0x36 } + message)
    return SHA256.digest(of: padded.map { $0 ^ 0x5C } + inner)
  }
}
