import Ledger
import Messaging
import TextFormats

/// When to send a message.
public struct PlannedTime: Hashable, Sendable {
  public var moment: Timestamp
  /// Equal for equal input, even if the moments differ, as with relative times.
  public var typed: String

  public init(moment: Timestamp, typed: String) {
    self.moment = moment
    self.typed = typed
  }
}

/// How rows become messages.
public struct PlanOptions: Sendable {
  /// The column that holds the number; nil for the one with a usual name.
  public var toColumn: String?
  /// The column that holds the text; nil for the one with a usual name.
  public var messageColumn: String?
  /// Replaces the message column.
  public var template: Template?
  /// Whether the text of each row is a template of its own.
  public var fillsTexts = false
  /// Whether braces and other tools' placeholders in a text are sent as they are.
  public var isLiteral = false
  /// Whether typographic characters in each text, after filling it in, are replaced by those of GSM 03.38.
  public var replacesTypography = false
  /// The maximum number of segments per message; nil for no limit.
  public var maxSegments: Int?
  /// The sender of rows that name none.
  public var from: String?
  /// The time of rows that name none.
  public var time: PlannedTime?
  /// For all rows, except that a row may name its own devices.
  public var options = SendOptions()
  public var numberRules = NumberRules()
  public var takesShortCodes = false
  /// Reads a value of the column `at`.
  package var readTime: @Sendable (String) throws(InputError) -> PlannedTime
  /// Whether bad rows are recorded as skipped instead of rejecting the input.
  public var skipsInvalid = false
  public var allowsDuplicates = false
  public var shard: Shard?
  /// At most this many rows of the shard become part of the job; the rest are only checked.
  public var limit: Int?

  /// What the user calls the input, for error messages.
  public var source: String

  package init(source: String, readTime: @escaping @Sendable (String) throws(InputError) -> PlannedTime) {
    self.source = source
    self.readTime = readTime
  }
}

/// One of several machines that share an input; each takes the rows of some of the numbers.
///
/// The shard depends only on the row's number, so all rows of a number end up in the same shard, where duplicates are
/// found. Neither the order of the rows nor the process matters.
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

  /// The form the user types, such as `2/5`.
  public var text: String { "\(index)/\(count)" }

  /// Whether rows with this number belong to the shard; `number` is E.164, or as written if it is invalid.
  func contains(_ number: String) -> Bool {
    Int(stableHash(number) % UInt64(count)) + 1 == index
  }
}

/// 64-bit FNV-1a, then the final mix of MurmurHash3, as only the low bits decide. It must never change.
private func stableHash(_ text: String) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
  hash = (hash ^ (hash >> 33)) &* 0xc4ce_b9fe_1a85_ec53
  return hash ^ (hash >> 33)
}
