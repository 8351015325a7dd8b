import HTTPTransport
import Ledger
import Platform

/// Checks of the machine that only `sms doctor` makes.
package struct Diagnostics: Sendable {
  /// Whether this user can read and write a file, or create files in a directory.
  package var isWritable: @Sendable (_ path: String) -> Bool
  /// Loads libcurl and describes it.
  package var transportLibrary: @Sendable () throws(TransportSetupError) -> TransportLibrary
  /// Connects to the host of a URL, without a request.
  package var connect:
    @Sendable (_ url: String, _ timeout: Duration, TransportOptions) throws(TransportSetupError) -> ConnectionTrial
  /// Checks the ledger in a directory.
  package var examineLedger: @Sendable (_ folder: String) throws(LedgerError) -> LedgerCondition
  /// Accepts the ledger in a directory as it is now; returns how many messages became `unknown`.
  package var repairLedger: @Sendable (_ folder: String) throws(LedgerError) -> Int

  package init(
    isWritable: @escaping @Sendable (String) -> Bool,
    transportLibrary: @escaping @Sendable () throws(TransportSetupError) -> TransportLibrary,
    connect:
      @escaping @Sendable (String, Duration, TransportOptions) throws(TransportSetupError) -> ConnectionTrial,
    examineLedger: @escaping @Sendable (String) throws(LedgerError) -> LedgerCondition,
    repairLedger: @escaping @Sendable (String) throws(LedgerError) -> Int = { (_) throws(LedgerError) in 0 }
  ) {
    self.isWritable = isWritable
    self.transportLibrary = transportLibrary
    self.connect = connect
    self.examineLedger = examineLedger
    self.repairLedger = repairLedger
  }

  /// Checks of the actual machine.
  package static let live = Diagnostics(
    isWritable: { Files.isWritable($0) },
    transportLibrary: { () throws(TransportSetupError) in try TransportLibrary.loaded() },
    connect: { (url, timeout, options) throws(TransportSetupError) in
      try ConnectionTrial.run(url, timeout: timeout, options)
    },
    examineLedger: { (folder) throws(LedgerError) in try Ledger.examine(folder: folder) },
    repairLedger: { (folder) throws(LedgerError) in try Ledger.repair(folder: folder) })
}
