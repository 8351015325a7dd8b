import Messaging

/// An idempotency key: a name for a send, which happens only once under it.
public struct SendKey: Hashable, Sendable {
  /// As the user gave it.
  public var text: String
  /// How long it lasts after its first use, in seconds.
  let lifetime: Int

  /// `lifetime` is at most 100 years, and is rounded up to seconds.
  public init(_ text: String, lifetime: Duration) {
    self.text = text
    let (seconds, rest) = lifetime.components
    self.lifetime = Int(seconds) + (rest > 0 ? 1 : 0)
  }
}

/// The content of a send, as typed: under one key, equal content is the same send, and anything else is an error.
public struct SendContent: Sendable {
  /// The command that the user ran, such as `send`.
  public var command: String
  /// Numbers in E.164, or a list kept by the provider; the order doesn't matter.
  public var recipients: [String]
  /// The text, or its template.
  public var body: String
  public var from: String?
  public var options: SendOptions
  /// Anything else that changes what is sent. Times are as typed: `+2h` is the same an hour later.
  public var typed: [String?]

  public init(
    command: String, recipients: [String], body: String, from: String?, options: SendOptions, typed: [String?]
  ) {
    self.command = command
    self.recipients = recipients
    self.body = body
    self.from = from
    self.options = options
    // The end is a moment; its typed form is in `typed`.
    self.options.recurrence?.until = Timestamp(unixSeconds: 0)
    self.typed = typed
  }

  /// The SHA-256, in hexadecimal.
  var digest: String {
    var hasher = FieldHasher()
    hasher.add(command)
    hasher.add(String(recipients.count))
    for recipient in recipients.sorted() { hasher.add(recipient) }
    hasher.add(body)
    hasher.add(options.json)
    // A missing text differs from an empty one.
    for text in [from] + typed { hasher.add(text.map { "=\($0)" } ?? "") }
    return hasher.hexadecimal
  }
}

/// What a key was used for.
public struct KeyUse: Hashable, Sendable {
  /// The job with its rows.
  var job: Int
  /// The `SendContent.digest` of what was sent under it.
  var content: String
  public var createdAt: Timestamp
  /// When the key expires and can be used anew.
  public var expiresAt: Timestamp

  /// Reads the current row of a query of `KeySQL`.
  init(_ row: Statement) throws(LedgerError) {
    guard row.int("is_whole") == 1, let job = row.int("job"), let content = row.text("input"),
      let createdAt = row.timestamp(row.position(ofColumn: "created_at")),
      let expiresAt = row.timestamp(row.position(ofColumn: "expires_at"))
    else { throw .damagedKey }
    (self.job, self.content, self.createdAt, self.expiresAt) = (job, content, createdAt, expiresAt)
  }

  /// Whether the key was used for this content.
  public func matches(_ content: SendContent) -> Bool { self.content == content.digest }
}
