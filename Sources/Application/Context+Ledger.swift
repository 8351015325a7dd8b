import Configuration
import Ledger

extension Context {
  /// Opens the ledger in this run's state directory; creates it if necessary.
  package func ledger() throws -> Ledger {
    try ledger(in: try configuration.stateDirectory())
  }

  /// Opens the ledger in a state directory; creates it if necessary.
  package func ledger(in directory: StateDirectory?) throws(LedgerError) -> Ledger {
    guard let directory else { throw .noFolder }
    return try environment.openLedger(directory.path)
  }

  /// Opens the ledger if it exists; nil if it doesn't.
  package func existingLedger() throws -> Ledger? {
    guard let directory = try configuration.stateDirectory(),
      environment.files.status(Ledger.path(in: directory.path)) != nil
    else { return nil }
    return try ledger(in: directory)
  }
}

extension LedgerError {
  /// Neither a variable nor a home directory determines the state directory: SQLITE_CANTOPEN (14).
  package static let noFolder = LedgerError(
    .open, code: 14, reason: "no home folder to keep it in", path: "ledger")
}
