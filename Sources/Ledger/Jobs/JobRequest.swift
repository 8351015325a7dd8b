import Messaging
import TextFormats

/// What a job is for, and how to find it again.
public struct JobRequest: Sendable {
  /// The name that the user gave, if any.
  public var name: String?
  /// Whether to begin a new job although one for the same input is unfinished.
  public var startsAnew = false
  public var account: Account
  public var profile: String?
  /// The list as named on the command line.
  public var file: String?
  /// As the user typed it, such as `1/4`.
  public var shard: String?
  /// The end of a recurring message as the user typed it; nil if it isn't recurring.
  public var typedUntil: String?

  public init(account: Account, profile: String?) {
    self.account = account
    self.profile = profile
  }
}

extension JobPlan {
  /// Returns the SHA-256, in hexadecimal, of the planned messages, the profile and the shard, but not the account.
  ///
  /// Times are hashed as typed: `+2h` is the same input an hour later. Without times, the digest is that of version 1.
  func digest(_ request: JobRequest) throws(LedgerError) -> String {
    var hasher = FieldHasher()
    var options = options
    if request.typedUntil != nil { options.recurrence?.until = Timestamp(unixSeconds: 0) }
    let head = [request.account.provider, request.profile, request.shard, request.typedUntil, options.json]
      .map { $0 ?? "" }
    if let lastDigest, lastDigest.head == head { return lastDigest.digest }
    for part in head { hasher.add(part) }
    let rows = try records(.planned)
    while let row = try rows.nextRow() {
      hasher.add(String(row.row))
      hasher.add(row.to)
      hasher.add(row.body)
      hasher.add(row.from ?? "")
      hasher.add(row.typedTime ?? row.scheduledAt.map { String($0) } ?? "")
      hasher.add(row.devices ?? "")
    }
    let digest = hasher.hexadecimal
    lastDigest = (head, digest)
    return digest
  }
}

/// SHA-256 of fields, each preceded by its length, so that no two lists of fields give the same bytes.
struct FieldHasher {
  /// In bytes. Fields are buffered, as hashing many bytes at once is faster.
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

  /// Returns the digest of all fields, in hexadecimal.
  var hexadecimal: String {
    mutating get {
      flush()
      return hasher.finish().map(\.hexadecimal).joined()
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

// MARK: - Options as JSON

extension SendOptions {
  /// A JSON object for the ledger, without the devices, which are stored in each row.
  var json: String {
    let value: JSONValue = [
      "scope": .string(deviceScope.rawValue), "random": .bool(usesRandomDevice), "mms": .bool(isMMS),
      "attachments": .array(attachments.map(JSONValue.string)), "priority": .bool(isPriority),
      "sender_id": senderID.map(JSONValue.string) ?? .null, "devices": .string(DeviceSelector.text(of: devices)),
      "recurrence": recurrence?.json ?? .null,
    ]
    var bytes: [UInt8] = []
    value.write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads what `json` wrote; nil for anything else.
  init?(json: String) {
    guard let value = try? JSONValue(parsing: Array(json.utf8)), value.object != nil else { return nil }
    self.init()
    deviceScope = value["scope"]?.text.flatMap(DeviceScope.init) ?? .chosen
    usesRandomDevice = value["random"] == true
    isMMS = value["mms"] == true
    attachments = value["attachments"]?.array?.compactMap(\.text) ?? []
    isPriority = value["priority"] == true
    senderID = value["sender_id"]?.text
    devices = DeviceSelector.list(value["devices"]?.text ?? "")
    recurrence = value["recurrence"].flatMap(Recurrence.init)
  }
}

extension Recurrence {
  fileprivate var json: JSONValue {
    [
      "period": .string(period.rawValue), "frequency": .number(String(frequency)),
      "until": .number(String(until.unixSeconds)),
    ]
  }

  fileprivate init?(_ json: JSONValue) {
    guard let period = json["period"]?.text.flatMap(Period.init), let frequency = json["frequency"]?.int,
      let until = json["until"]?.int
    else { return nil }
    self.init(period: period, frequency: frequency, until: Timestamp(unixSeconds: Int64(until)))
  }
}
