import Ledger

extension Context {
  /// The ledger of this run's state directory, made where it is missing.
  package func ledger() throws(LedgerError) -> Ledger {
    guard let folder = stateFolder else { throw .noFolder }
    return try environment.openLedger(folder)
  }

  /// The ledger, where there is one already.
  package func existingLedger() throws(LedgerError) -> Ledger? {
    guard let folder = stateFolder, environment.files.status(Ledger.path(in: folder)) != nil else { return nil }
    return try environment.openLedger(folder)
  }

  /// Where runs keep what they need to remember: `SMS_STATE_DIR`, or the usual place below the home folder.
  package var stateFolder: String? {
    if let folder = variable("SMS_STATE_DIR") { return folder }
    if let folder = variable("XDG_STATE_HOME"), folder.hasPrefix("/") { return "\(folder)/sms" }
    return variable("HOME").map { "\($0)/.local/state/sms" }
  }
}

extension LedgerError {
  /// Neither a variable nor a home folder says where: SQLITE_CANTOPEN (14).
  package static let noFolder = LedgerError(
    .open, code: 14, reason: "there is no home folder to keep it in", path: "ledger")
}
