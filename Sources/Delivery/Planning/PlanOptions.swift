import Ledger
import Messaging
import TextFormats

/// When a message is to leave.
public struct PlannedTime: Hashable, Sendable {
  public var moment: Timestamp
  /// The same for what was typed alike, whatever the time.
  public var typed: String

  public init(moment: Timestamp, typed: String) {
    self.moment = moment
    self.typed = typed
  }
}

/// How rows become messages.
public struct PlanOptions: Sendable {
  /// The column that holds the number; nil for the one that has a usual name.
  public var toColumn: String?
  /// The column that holds the text; nil for the one that has a usual name.
  public var messageColumn: String?
  /// Takes the place of the message column.
  public var template: Template?
  /// Whether the text of each row is a template of its own.
  public var fillsTexts = false
  /// Whether braces and other tools' placeholders in a text are meant as they are.
  public var isLiteral = false
  /// Have typographic characters of each text, filled in as it is, replaced by those of GSM 03.38.
  public var replacesTypography = false
  /// The most segments that one message may take; nil for any number.
  public var maxSegments: Int?
  /// For rows that name no sender of their own.
  public var from: String?
  /// For rows that name no time of their own.
  public var time: PlannedTime?
  /// For all rows, but that a row may name devices of its own.
  public var options = SendOptions()
  public var numberRules = NumberRules()
  public var takesShortCodes = false
  /// Reads the column `at`.
  package var readTime: @Sendable (String) throws(InputError) -> PlannedTime
  /// Record bad rows as skipped instead of giving up.
  public var skipsInvalid = false
  public var allowsDuplicates = false
  public var shard: Shard?
  /// The job is no more than this many rows of the shard; those after them are only checked.
  public var limit: Int?

  /// What the user calls the input, for errors.
  public var source: String

  package init(source: String, readTime: @escaping @Sendable (String) throws(InputError) -> PlannedTime) {
    self.source = source
    self.readTime = readTime
  }
}

/// One of several machines that share an input, each taking the rows of some numbers.
///
/// A row's number alone decides, so all rows of a number meet in one shard, where duplicates are found, and neither
/// the order of the rows nor the process matters.
public struct Shard: Hashable, Sendable {
  /// 1 to `count`.
  public let index: Int
  public let count: Int

  /// Nil unless 1 ≤ index ≤ count.
  public init?(index: Int, count: Int) {
    guard count >= 1, (1...count).contains(index) else { return nil }
    self.index = index
    self.count = count
  }

  /// Reads `K/N`, digits only; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.allSatisfy(\.isASCIIDigit) ? Int($0) : nil }
    guard parts.count == 2, numbers.count == 2 else { return nil }
    self.init(index: numbers[0], count: numbers[1])
  }

  /// As it is typed, such as `2/5`.
  public var text: String { "\(index)/\(count)" }

  /// Whether rows with this number are in it; `number` is E.164, or as it was written where it is invalid.
  func contains(_ number: String) -> Bool {
    Int(stableHash(number) % UInt64(count)) + 1 == index
  }
}

/// FNV-1a with 64 bits and a final mix (the one of MurmurHash3), as the low bits alone decide; never to be changed.
private func stableHash(_ text: String) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
  hash = (hash ^ (hash >> 33)) &* 0xc4ce_b9fe_1a85_ec53
  return hash ^ (hash >> 33)
}
