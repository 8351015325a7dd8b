import Messaging
import TextFormats

/// How rows become messages.
public struct PlanOptions: Sendable {
  /// The names of which the first that a row has holds the number.
  public var toColumns = ["to", "number", "phone"]
  /// The names of which the first that a row has holds the text.
  public var messageColumns = ["message", "body", "text"]
  /// Takes the place of the message column.
  public var template: Template?
  /// Have typographic characters of each text, filled in as it is, replaced by those of GSM 03.38.
  public var replacesTypography = false
  /// The most segments that one message may take; nil for any number.
  public var maxSegments: Int?
  /// For rows that name no sender of their own.
  public var from: String?
  /// For rows that name no time of their own.
  public var scheduledAt: Timestamp?
  /// For all rows, but that a row may name devices of its own.
  public var options = SendOptions()
  public var countryCode: CountryCode?
  /// Reads the column `at`.
  package var readTime: @Sendable (String) throws(InputError) -> Timestamp
  /// Record bad rows as skipped instead of giving up.
  public var skipsInvalid = false
  public var allowsDuplicates = false
  public var shard: Shard?
  /// The job is no more than this many rows of the shard; those after them are only checked.
  public var limit: Int?

  /// What the user calls the input, for errors.
  public var source: String

  package init(source: String, readTime: @escaping @Sendable (String) throws(InputError) -> Timestamp) {
    self.source = source
    self.readTime = readTime
  }
}
