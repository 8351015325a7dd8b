import Messaging
import TestSupport
import Testing

@Suite struct CryptoTests {
  private static let folder = Conformance.folder("crypto")
  private static let digests = vectors("SHA256ShortMsg.rsp")
  private static let codes = vectors("rfc-4231-sha256.txt")

  @Test(
    "SHA-256 makes the digests of NIST's test vectors",
    .enabled(if: folder != nil, "the conformance data is missing"), arguments: digests)
  func digest(vector: Vector) {
    #expect(SHA256.digest(of: vector.message) == vector.result)
  }

  @Test(
    "HMAC-SHA256 makes the codes of RFC 4231", .enabled(if: folder != nil, "the conformance data is missing"),
    arguments: codes)
  func code(vector: Vector) {
    #expect(HMAC.sha256(of: vector.message, key: vector.key) == vector.result)
  }

  @Test("The test vectors are all there", .enabled(if: folder != nil, "the conformance data is missing"))
  func completeness() {
    #expect(Self.digests.count == 65 && Self.codes.count == 6)
  }

  @Test("Digests of many blocks, and of a slice")
  func longMessage() {
    let expected = Vector.bytes("41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3")
    #expect(SHA256.digest(of: Array(repeating: UInt8(ascii: "a"), count: 1000)) == expected)
    #expect(SHA256.digest(of: ("b" + String(repeating: "a", count: 1000)).utf8.dropFirst()) == expected)
  }

  @Test("An empty key and an empty message have a code as well")
  func empty() {
    let expected = Vector.bytes("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    #expect(HMAC.sha256(of: [], key: []) == expected)
  }

  @Test(
    "Base64 as in RFC 4648, section 10",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"), ("\u{FF}\u{3FF}", "w7/Pvw=="),
    ])
  func base64(text: String, encoded: String) {
    #expect(Base64.encoded(text.utf8) == encoded)
  }

  @Test(
    "Bytes are equal when all are",
    arguments: [
      ([], [], true), ([1, 2], [1, 2], true), ([1, 2], [1, 3], false), ([1, 2], [0, 2], false), ([1], [1, 0], false),
      ([1, 0], [1], false), ([255], [127], false), ([], [0], false), ([1, 2], [2, 1], false), ([3, 3], [5, 5], false),
    ] as [([UInt8], [UInt8], Bool)])
  func comparison(left: [UInt8], right: [UInt8], areEqual: Bool) {
    #expect(ConstantTime.areEqual(left, right) == areEqual)
  }

  private static func vectors(_ file: String) -> [Vector] {
    guard let folder, let bytes = try? FileWalk.bytes(of: "\(folder)/\(file)") else { return [] }
    return Vector.read(String(decoding: bytes, as: UTF8.self))
  }
}

/// A message, perhaps a key, and what comes out.
struct Vector: Sendable, CustomTestStringConvertible {
  var message: [UInt8] = []
  var key: [UInt8] = []
  var result: [UInt8] = []

  var testDescription: String { "\(message.count) bytes" }

  /// Reads lines of `Len`, `Key`, `Msg` and `MD`; the last ends a vector. `Len` is in bits.
  static func read(_ text: String) -> [Vector] {
    var (vectors, current, length) = ([Vector](), Vector(), 0)
    for line in text.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: " ")
      guard parts.count == 3, parts[1] == "=" else { continue }
      switch parts[0] {
      case "Len": length = (Int(parts[2]) ?? 0) / 8
      case "Key": current.key = bytes(parts[2])
      case "Msg": current.message = Array(bytes(parts[2]).prefix(length))
      case "MD":
        current.result = bytes(parts[2])
        vectors.append(current)
        current = Vector()
      default: continue
      }
    }
    return vectors
  }

  static func bytes(_ hexadecimal: some StringProtocol) -> [UInt8] {
    let digits = hexadecimal.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
  }
}
