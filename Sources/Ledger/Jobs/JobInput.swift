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
    var hasher = SHA256()
    let head = [request.provider, request.profile, request.shard, request.time?.text, options.json].map { $0 ?? "" }
    for part in head { hasher.update(field: part) }
    let common = request.time.map { Int($0.moment.unixSeconds) }
    let select = try database.prepare(PlanSchema.selectForDigest)
    try select.read {
      for column in 0..<select.columnCount {
        let isCommonTime = column == PlanSchema.timeColumn && common != nil && select.int(column) == common
        select.withBytes(column) {
          hasher.update(field: isCommonTime ? UnsafeRawBufferPointer(start: nil, count: 0) : $0)
        }
      }
    }
    return hasher.finish().map(\.hexadecimal).joined()
  }
}

extension SHA256 {
  /// With its length before it, so that no two lists of fields are the same bytes.
  fileprivate mutating func update(field bytes: UnsafeRawBufferPointer) {
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: bytes.count).littleEndian) { update($0) }
    update(bytes)
  }

  fileprivate mutating func update(field text: String) {
    var text = text
    text.withUTF8 { update(field: UnsafeRawBufferPointer($0)) }
  }
}

extension UInt8 {
  fileprivate var hexadecimal: String {
    let digits = String(self, radix: 16)
    return digits.utf8.count == 1 ? "0" + digits : digits
  }
}
