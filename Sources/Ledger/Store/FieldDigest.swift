/// A 64-bit checksum of fields, FNV-1a over 8-byte words; it detects damage, not forgery.
///
/// Each step is a bijection, so no change within one word goes unnoticed.
struct FieldDigest {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  init() {}

  /// Starts with a tag, so that equal fields under different tags give different digests.
  init(tag: UInt64) { mix(tag) }

  mutating func add(_ number: Int?) {
    mix(number == nil ? 0 : 1)
    mix(UInt64(truncatingIfNeeded: number ?? 0))
  }

  mutating func add(_ text: String?) {
    guard var text else { return mix(.max) }
    text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
  }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    mix(UInt64(bytes.count))
    let end = bytes.count & ~7
    for offset in stride(from: 0, to: end, by: 8) {
      mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
    }
    if end < bytes.count { mix(bytes[end...].reduce(0) { $0 << 8 | UInt64($1) }) }
  }

  private mutating func mix(_ word: UInt64) {
    value = (value ^ word) &* 0x100_0000_01B3
    value ^= value >> 29
  }
}
