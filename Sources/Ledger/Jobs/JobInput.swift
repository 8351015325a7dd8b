import Messaging

/// What a job is about, and how it is to be found again.
public struct JobRequest: Sendable {
  /// The name that the user gave; nil for none.
  public var name: String?
  /// Whether to begin a job though one for the same input is not over.
  public var startsAnew = false
  /// The provider's name, such as `smsit`.
  public var provider: String
  public var profile: String?
  /// As it was typed, such as `1/4`.
  public var shard: String?
  /// The time that holds for all rows without their own: the moment meant, and how it was typed.
  public var time: (moment: Timestamp, text: String)?

  public init(provider: String, profile: String?) {
    self.provider = provider
    self.profile = profile
  }
}

extension JobRows {
  /// SHA-256 of what is to be sent, in hexadecimal: the planned messages, the profile and the shard.
  ///
  /// A time for all rows counts as it was typed: `+2h` is the same input an hour later.
  func digest(_ request: JobRequest) throws(LedgerError) -> String {
    var hasher = FieldHasher()
    let head = [request.provider, request.profile, request.shard, request.time?.text, options.json].map { $0 ?? "" }
    for part in head { hasher.add(part) }
    let common = request.time.map { Int($0.moment.unixSeconds) }
    let select = try database.prepare(PlanSchema.selectForDigest)
    try select.read {
      for column in 0..<select.columnCount {
        let isCommonTime = column == PlanSchema.timeColumn && common != nil && select.int(column) == common
        select.withBytes(column) { hasher.add(isCommonTime ? UnsafeRawBufferPointer(start: nil, count: 0) : $0) }
      }
    }
    return hasher.digest.map(\.hexadecimal).joined()
  }
}

/// SHA-256 of fields, each with its length before it, so that no two lists of fields are the same bytes.
private struct FieldHasher {
  /// Fields are gathered, as hashing many bytes at once takes less time.
  private static let mostPending = 1 << 14

  private var hasher = SHA256()
  private var pending: [UInt8] = []

  mutating func add(_ field: UnsafeRawBufferPointer) {
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: field.count).littleEndian) { pending.append(contentsOf: $0) }
    pending.append(contentsOf: field)
    if pending.count >= Self.mostPending { flush() }
  }

  mutating func add(_ field: String) {
    var field = field
    field.withUTF8 { add(UnsafeRawBufferPointer($0)) }
  }

  var digest: [UInt8] {
    mutating get {
      flush()
      return hasher.finish()
    }
  }

  private mutating func flush() {
    pending.withUnsafeBytes { hasher.update($0) }
    pending.removeAll(keepingCapacity: true)
  }
}

extension UInt8 {
  fileprivate var hexadecimal: String {
    let digits = String(self, radix: 16)
    return digits.utf8.count == 1 ? "0" + digits : digits
  }
}
