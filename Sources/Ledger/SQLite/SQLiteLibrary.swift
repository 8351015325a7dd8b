import CSQLite

/// The SQLite that is built in, or that was found on this machine.
public enum SQLiteLibrary {
  /// The oldest version with all features used (3.37), as an `sqlite3_libversion_number`.
  static let oldest: Int32 = 3_037_000

  /// Such as `3.40.1`.
  public static var version: String { String(cString: sqlite3_libversion()) }

  /// Why it can't be used; nil unless it is too old.
  public static var problem: LedgerError? {
    do throws(LedgerError) {
      try check()
      return nil
    } catch {
      return error
    }
  }

  /// Throws if it is too old.
  static func check(_ number: Int32 = sqlite3_libversion_number()) throws(LedgerError) {
    if number < oldest { throw tooOld(number) }
  }

  static func tooOld(_ number: Int32) -> LedgerError {
    let needed = "\(oldest / 1_000_000).\(oldest / 1000 % 1000)"
    let found = "\(number / 1_000_000).\(number / 1000 % 1000).\(number % 1000)"
    // SQLITE_MISMATCH
    return LedgerError(.open, code: 20, reason: "SQLite \(found) is too old: \(needed) or later is needed")
  }
}
