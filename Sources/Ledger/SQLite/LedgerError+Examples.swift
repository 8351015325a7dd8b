import Platform
import TextFormats

extension LedgerError {
  /// One example of each reason.
  package static var examples: [ExampleMessage] {
    let folder = "/home/ada/.local/state/sms"
    let (path, lock) = ("\(folder)/ledger.db", "\(folder)/ledger.lock")
    let errors = [
      LedgerError(.write, code: 13, reason: "database or disk is full"),
      LedgerError(.open, code: 14, reason: "unable to open", path: path),
      LedgerError(.write, code: 5, reason: "database is locked", path: path),
      damagedRow(3, ofJob: "spring").at(path), damagedKey.at(path), busy.at(path),
      SQLiteLibrary.tooOld(3_034_001).at(path),
      forgotten.at(path), otherSchema(9).at(path), lockTaken(lock),
      lostWrites(1, path), lostWrites(2, path), missingLock(lock), damagedLog("\(path)-wal"), missingLedger(path),
      cut(path),
      otherLedger(path), foreign(path),
      replaced(path), lockReplaced(lock), moved(path, job: "spring"), moved(path, job: nil),
      damagedStatus(job: 3).at(path), damagedTable("send_key").at(path), foreignParts.at(path),
      damagedJob.at(path),
      beyondRepair(path),
    ]
    return errors.map { ExampleMessage($0) }
  }
}
