/// Why what a job needs to remember could not be written or read.
public struct LedgerError: Error, Hashable, Sendable {
  /// What was being done.
  public enum Action: Hashable, Sendable {
    case open, prepare, write, read
  }

  public var action: Action
  /// SQLite's extended result code, such as 13 (SQLITE_FULL).
  public var code: Int32
  /// SQLite's words for it.
  public var message: String

  public init(_ action: Action, code: Int32, message: String) {
    self.action = action
    self.code = code
    self.message = message
  }
}

extension LedgerError {
  /// A row is gone, or holds what was never written there: SQLITE_CORRUPT (11).
  public static func damagedRow(_ number: Int) -> LedgerError {
    LedgerError(.read, code: 11, message: "row \(number) is missing or damaged")
  }
}
