/// SHA-256 (FIPS 180-4, 6.2), computed incrementally.
public struct SHA256: Sendable {
  static let blockSize = 64

  private var hash = initialHash
  /// The words of the current block, and those derived from them.
  private var schedule = [UInt32](repeating: 0, count: 64)
  /// Bytes that don't fill a block yet.
  private var rest: [UInt8] = []
  private var length: UInt64 = 0

  public init() {}

  /// The 32 bytes of the digest.
  public static func digest(of message: some Collection<UInt8>) -> [UInt8] {
    var hasher = SHA256()
    [UInt8](message).withUnsafeBytes { hasher.update($0) }
    return hasher.finish()
  }

  /// Adds the next bytes of the message.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    length += UInt64(bytes.count)
    var bytes = bytes[...]
    if !rest.isEmpty {
      let missing = bytes.prefix(Self.blockSize - rest.count)
      rest += missing
      bytes = bytes.dropFirst(missing.count)
      guard rest.count == Self.blockSize else { return }
      rest.withUnsafeBytes { Self.compress($0, &schedule, into: &hash) }
      rest.removeAll(keepingCapacity: true)
    }
    while bytes.count >= Self.blockSize {
      Self.compress(UnsafeRawBufferPointer(rebasing: bytes.prefix(Self.blockSize)), &schedule, into: &hash)
      bytes = bytes.dropFirst(Self.blockSize)
    }
    rest += bytes
  }

  /// The 32 bytes of the digest of everything added.
  public consuming func finish() -> [UInt8] {
    let bits = length * 8
    let zeros = (2 * Self.blockSize - 9 - rest.count) % Self.blockSize
    // A one bit, zeros, and the length in bits, filling up a block (5.1.1).
    let padding = [0x80] + Array(repeating: 0, count: zeros) + bits.bigEndianBytes
    padding.withUnsafeBytes { update($0) }
    return hash.flatMap(\.bigEndianBytes)
  }

  /// Mixes a block into the hash (6.2.2).
  private static func compress(_ block: UnsafeRawBufferPointer, _ schedule: inout [UInt32], into hash: inout [UInt32]) {
    schedule.withUnsafeMutableBufferPointer { fill($0, from: block) }
    var (a, b, c, d) = (hash[0], hash[1], hash[2], hash[3])
    var (e, f, g, h) = (hash[4], hash[5], hash[6], hash[7])
    schedule.withUnsafeBufferPointer { words in
      // Eight rounds at a time: after them, each variable is back in its place, so no values are copied.
      for index in stride(from: 0, to: 64, by: 8) {
        round(a, b, c, &d, e, f, g, &h, words[index])
        round(h, a, b, &c, d, e, f, &g, words[index + 1])
        round(g, h, a, &b, c, d, e, &f, words[index + 2])
        round(f, g, h, &a, b, c, d, &e, words[index + 3])
        round(e, f, g, &h, a, b, c, &d, words[index + 4])
        round(d, e, f, &g, h, a, b, &c, words[index + 5])
        round(c, d, e, &f, g, h, a, &b, words[index + 6])
        round(b, c, d, &e, f, g, h, &a, words[index + 7])
      }
    }
    hash[0] &+= a
    hash[1] &+= b
    hash[2] &+= c
    hash[3] &+= d
    hash[4] &+= e
    hash[5] &+= f
    hash[6] &+= g
    hash[7] &+= h
  }

  /// One round; `d` and `h` become `e` and `a` of the standard for the next round.
  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32,
    _ h: inout UInt32, _ word: UInt32
  ) {
    let first = h &+ e.mixed(by: 6, 11, 25) &+ (g ^ e & (f ^ g)) &+ word
    d &+= first
    h = first &+ a.mixed(by: 2, 13, 22) &+ (a & b | c & (a | b))
  }

  /// The block's 16 words, and the 48 derived from them, each with its constant added.
  private static func fill(_ words: UnsafeMutableBufferPointer<UInt32>, from block: UnsafeRawBufferPointer) {
    for index in 0..<16 {
      words[index] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
    }
    for index in 16..<64 {
      let (late, early) = (words[index - 2], words[index - 15])
      let small = early.rotated(by: 7) ^ early.rotated(by: 18) ^ early >> 3
      let large = late.rotated(by: 17) ^ late.rotated(by: 19) ^ late >> 10
      words[index] = words[index - 16] &+ small &+ words[index - 7] &+ large
    }
    constants.withUnsafeBufferPointer { constants in
      for index in 0..<64 { words[index] &+= constants[index] }
    }
  }

  private static let initialHash: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]

  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]
}

extension UInt32 {
  fileprivate func rotated(by count: UInt32) -> UInt32 { self &>> count | self &<< (32 &- count) }

  fileprivate func mixed(by first: UInt32, _ second: UInt32, _ third: UInt32) -> UInt32 {
    rotated(by: first) ^ rotated(by: second) ^ rotated(by: third)
  }
}

extension FixedWidthInteger {
  fileprivate var bigEndianBytes: [UInt8] {
    stride(from: Self.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> Self($0)) }
  }
}

/// HMAC (RFC 2104) with SHA-256.
public enum HMAC {
  /// The 32-byte code of the message, which can only be computed with the key.
  public static func sha256(of message: some Collection<UInt8>, key: some Collection<UInt8>) -> [UInt8] {
    let short = key.count > SHA256.blockSize ? SHA256.digest(of: key) : [UInt8](key)
    let padded = short + Array(repeating: 0, count: SHA256.blockSize - short.count)
    let inner = SHA256.digest(of: padded.map { $0 ^ 0x36 } + message)
    return SHA256.digest(of: padded.map { $0 ^ 0x5C } + inner)
  }
}
