import CSQLite
import Platform

/// What an examination of a ledger found.
public struct LedgerCondition: Hashable, Sendable {
  /// The version that it was written by; 0 for one that is still empty.
  public var schemaVersion: Int
  /// Whether it has the write-ahead log with which readers never wait.
  public var usesWriteAheadLog: Bool
  /// Whether this user may write it.
  public var isWritable: Bool
  /// SQLite's words about what is damaged.
  public var damages: [String]

  public init(schemaVersion: Int, usesWriteAheadLog: Bool, isWritable: Bool, damages: [String]) {
    self.schemaVersion = schemaVersion
    self.usesWriteAheadLog = usesWriteAheadLog
    self.isWritable = isWritable
    self.damages = damages
  }
}

extension Ledger {
  /// Where the ledger of a folder is.
  public static func path(in folder: String) -> String {
    // SQLite would read the name of such a folder as a URI, with parameters that let it forget everything.
    (folder.hasPrefix("file:") ? "./" : "") + "\(folder)/ledger.db"
  }

  /// That, and what may be beside it.
  public static func files(in folder: String) -> [String] {
    let path = path(in: folder)
    return [path, "\(path)-wal", "\(path)-shm", "\(folder)/ledger.lock"]
  }

  /// Looks a ledger over that is there, without changing anything in it; makes none.
  ///
  /// Reads all of it (`PRAGMA quick_check`). Fails where it can't be opened, was written by a newer version, or is no
  /// database.
  public static func examine(folder: String) throws(LedgerError) -> LedgerCondition {
    let path = path(in: folder)
    do throws(LedgerError) {
      let hasLog = Files.status("\(path)-wal") != nil
      let database = try Database(path: path, mustExist: true)
      if hasLog { database.keepLogOnClose() }
      return try database.condition
    } catch {
      throw error.at(path)
    }
  }
}

extension Database {
  fileprivate var condition: LedgerCondition {
    get throws(LedgerError) {
      let version = try numbers("PRAGMA user_version").first ?? 0
      guard 0...LedgerSchema.migrations.count ~= version else { throw .otherSchema(version) }
      let findings = try texts("PRAGMA quick_check(3)")
      return LedgerCondition(
        schemaVersion: version, usesWriteAheadLog: try texts("PRAGMA journal_mode") == ["wal"],
        isWritable: isWritable, damages: findings == ["ok"] ? [] : findings)
    }
  }
}
