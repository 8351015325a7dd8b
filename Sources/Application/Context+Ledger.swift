import Configuration
import Ledger

extension Context {
  /// The ledger of this run's state directory, made where it is missing.
  package func ledger() throws -> Ledger {
    try ledger(in: try configuration.stateDirectory())
  }

  /// The ledger in a state directory, made where it is missing.
  package func ledger(in directory: StateDirectory?) throws(LedgerError) -> Ledger {
    guard let directory else { throw .noFolder }
    return try environment.openLedger(directory.path)
  }

  /// The ledger, where there is one already.
  package func existingLedger() throws -> Ledger? {
    guard let directory = try configuration.stateDirectory(),
      environment.files.status(Ledger.path(in: directory.path)) != nil
    else { return nil }
    return try ledger(in: directory)
  }
}

extension LedgerError {
  /// Neither a variable nor a home folder says where: SQLITE_CANTOPEN (14).
  package static let noFolder = LedgerError(
    .open, code: 14, reason: "no home folder to keep it in", path: "ledger")
}
