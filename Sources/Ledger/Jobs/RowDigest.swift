import Messaging

/// The digest of what a row sends: kept beside it when it is planned, and compared before it is sent.
///
/// So a byte that changes on the disk never makes a text go to somebody else.
struct RowDigest {
  private let options: FieldDigest

  /// `options` are what the job's messages have in common.
  init(_ options: SendOptions) {
    var digest = FieldDigest()
    digest.add(options.json)
    self.options = digest
  }

  /// The digest of a row, from its columns.
  func callAsFunction(
    row: Int, recipient: String?, body: String?, sender: String?, scheduledAt: Int?, devices: String?
  ) -> Int {
    var digest = options
    digest.add(row)
    digest.add(recipient)
    digest.add(body)
    digest.add(sender)
    digest.add(scheduledAt)
    digest.add(devices)
    return digest.number
  }
}
