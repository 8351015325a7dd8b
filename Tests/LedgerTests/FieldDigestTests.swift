import Testing

@testable import Ledger

@Suite struct FieldDigestTests {
  private func digest(_ fields: String?...) -> UInt64 {
    var digest = FieldDigest()
    for field in fields { digest.add(field) }
    return digest.value
  }

  @Test("Any bit that changes, and any byte that goes to another field, changes it")
  func changes() {
    let text = "+15550100001, Hello World"
    var seen: Set<UInt64> = [digest(text, "x")]
    for (offset, byte) in text.utf8.enumerated() {
      for bit in 0..<7 {
        var bytes = Array(text.utf8)
        bytes[offset] = byte ^ 1 << bit
        seen.insert(digest(String(decoding: bytes, as: UTF8.self), "x"))
      }
    }
    #expect(seen.count == 1 + text.utf8.count * 7)
    #expect(
      Set([digest("ab", "c"), digest("a", "bc"), digest("abc", ""), digest("abc", nil), digest("", "abc")]).count == 5)
    #expect(digest("12345678\0") != digest("12345678"))
  }

  @Test("It is the same in every run: it is kept on disk")
  func stable() {
    #expect(LockRecord(ledger: "AB", writes: 7, file: "9").bytes == Array("sms-ledger AB 7 9 \(Self.known)\n".utf8))
  }

  private static let known = "ee6708c4c0c26a4"

  @Test("A record of the lock file is read back, and nothing else is taken for one")
  func lockRecord() {
    let record = LockRecord(ledger: "AB", writes: 12, file: "9")
    #expect(LockRecord(record.bytes) == record)
    #expect(LockRecord(record.bytes + Array("left over".utf8)) == record)
    #expect(LockRecord([]) == nil)
    for length in 0..<record.bytes.count { #expect(LockRecord(Array(record.bytes.prefix(length))) == nil) }
    for offset in record.bytes.indices { #expect(LockRecord(record.bytes.flipped(at: offset)) != record) }
  }
}
