import HTTPTransport
import Ledger
import Platform

/// What only `sms doctor` asks of the machine.
package struct Diagnostics: Sendable {
  /// Whether this user may read and change a file, or make files in a folder.
  package var isWritable: @Sendable (_ path: String) -> Bool
  /// Loads libcurl, and says what it is.
  package var transportLibrary: @Sendable () throws(TransportSetupError) -> TransportLibrary
  /// Connects to the host of a URL, without a request.
  package var connect:
    @Sendable (_ url: String, _ timeout: Duration, TransportOptions) throws(TransportSetupError) -> ConnectionTrial
  /// Looks over the ledger of a folder.
  package var examineLedger: @Sendable (_ folder: String) throws(LedgerError) -> LedgerCondition
  /// Believes the ledger of a folder from now on; how many messages became `unknown`.
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

  /// The machine as it is.
  package static let live = Diagnostics(
    isWritable: { Files.isWritable($0) },
    transportLibrary: { () throws(TransportSetupError) in try TransportLibrary.loaded() },
    connect: { (url, timeout, options) throws(TransportSetupError) in
      try ConnectionTrial.run(url, timeout: timeout, options)
    },
    examineLedger: { (folder) throws(LedgerError) in try Ledger.examine(folder: folder) },
    repairLedger: { (folder) throws(LedgerError) in try Ledger.repair(folder: folder) })
}
