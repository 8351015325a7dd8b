import Messaging

/// A name for a send, under which it leaves once: an idempotency key.
public struct SendKey: Hashable, Sendable {
  /// As the user gave it.
  public var text: String
  /// How long it holds from its first use on, in seconds.
  let lifetime: Int

  /// A lifetime of up to 100 years, rounded up to seconds.
  public init(_ text: String, lifetime: Duration) {
    self.text = text
    let (seconds, rest) = lifetime.components
    self.lifetime = Int(seconds) + (rest > 0 ? 1 : 0)
  }
}

/// What a send is about, as it was typed: under one key, the same again is the same send, and anything else is an error.
public struct SendContent: Sendable {
  /// What the user typed, such as `send`.
  public var command: String
  /// Numbers in E.164, or a list of the provider's; their order doesn't matter.
  public var recipients: [String]
  /// The text, or the template of it.
  public var body: String
  public var from: String?
  public var options: SendOptions
  /// Whatever else changes what is sent. A time counts as it was typed: `+2h` is the same an hour later.
  public var typed: [String?]

  public init(
    command: String, recipients: [String], body: String, from: String?, options: SendOptions, typed: [String?]
  ) {
    self.command = command
    self.recipients = recipients
    self.body = body
    self.from = from
    self.options = options
    // Its end is a moment; what was typed for it is in `typed`.
    self.options.recurrence?.until = Timestamp(unixSeconds: 0)
    self.typed = typed
  }

  /// SHA-256, in hexadecimal.
  var digest: String {
    var hasher = FieldHasher()
    hasher.add(command)
    hasher.add(String(recipients.count))
    for recipient in recipients.sorted() { hasher.add(recipient) }
    hasher.add(body)
    hasher.add(options.json)
    // A text that is missing is not the same as an empty one.
    for text in [from] + typed { hasher.add(text.map { "=\($0)" } ?? "") }
    return hasher.hexadecimal
  }
}

/// What a key was used for.
public struct KeyUse: Hashable, Sendable {
  /// The job that has its rows.
  var job: Int
  /// `SendContent.digest` of what was sent under it.
  var content: String
  public var createdAt: Timestamp
  /// From then on, the key is new again.
  public var expiresAt: Timestamp

  /// The current row of a query of `KeySQL`.
  init(_ row: Statement) throws(LedgerError) {
    guard row.int("is_whole") == 1, let job = row.int("job"), let content = row.text("input"),
      let createdAt = row.timestamp(row.position(ofColumn: "created_at")),
      let expiresAt = row.timestamp(row.position(ofColumn: "expires_at"))
    else { throw .damagedKey }
    (self.job, self.content, self.createdAt, self.expiresAt) = (job, content, createdAt, expiresAt)
  }

  /// Whether it was used for this, and not for something else.
  public func matches(_ content: SendContent) -> Bool { self.content == content.digest }
}
