import Platform

/// Locks of the kernel, one for each job: held by the process that works on it, and gone when that process is.
///
/// Job N is byte N of `ledger.lock`; byte 0 guards what is written in that file. Whoever works on a job also has a shared
/// lock on the folder. So a lock file that takes the place of another while somebody works is not believed: to make one
/// valid takes the exclusive lock on the folder.
final class JobLocks {
  private static let recordByte = 0

  let path: String
  private let canWrite: Bool
  private let folderPath: String
  private let file: FileDescriptor
  private let folder: FileDescriptor
  private let identity: FileIdentity
  private let mark: FileMark
  /// Whether the lock file is valid.
  private(set) var isInForce = false
  private var isAtWork = false
  /// What was written last, so that it need not be parsed when it is still there.
  private var latest: (bytes: [UInt8], record: LockRecord)?

  /// Opens the lock file of a folder; with `canWrite` it is made where it is missing.
  init(folder: String, canWrite: Bool) throws(SystemError) {
    path = "\(folder)/ledger.lock"
    folderPath = folder
    self.canWrite = canWrite
    if canWrite { try Files.keepPrivate(path) }
    try Files.requireFile(path)
    let file = try canWrite ? Files.openForUpdating(path) : Files.openForReading(path)
    do {
      (identity, mark) = (try file.identity(), try file.mark())
      self.folder = try Files.openForReading(folder)
    } catch {
      file.close()
      throw error
    }
    self.file = file
  }

  deinit {
    let lost = isAtWork && Files.identity(path)?.file != identity ? record() : nil
    file.close()
    folder.close()
    // Nobody else could work meanwhile, so what this process has seen is all there is.
    if let lost { try? JobLocks(folder: folderPath, canWrite: true).adopt(ledger: lost.ledger, writes: lost.writes) }
  }
}

// MARK: - Jobs

extension JobLocks {
  /// Whether the job is now this one's; false where another holds it.
  func take(_ job: Int) throws(LedgerError) -> Bool {
    try goToWork()
    do {
      return try file.lockByte(job)
    } catch {
      throw .unusable(error, folder: path)
    }
  }

  func release(_ job: Int) { file.unlockByte(job) }

  /// Whether another process works on the job; true also where that can't be found out.
  func isHeldElsewhere(_ job: Int) -> Bool {
    isInForce ? file.isByteLockedElsewhere(job) : !isFolderFree
  }

  /// Tells whoever comes that the lock file must not be replaced now.
  private func goToWork() throws(LedgerError) {
    guard isInForce else { throw .lockReplaced(path) }
    guard !isAtWork else { return try requireInPlace() }
    guard Self.tryPatiently({ folder.lockFolder(.shared) }) else { throw .lockReplaced(path) }
    do throws(LedgerError) {
      try requireInPlace()
      isAtWork = true
    } catch {
      folder.unlockFolder()
      throw error
    }
  }

  /// Throws where the path leads to another lock file by now, or to none.
  func requireInPlace() throws(LedgerError) {
    guard Files.identity(path)?.file == identity else { throw .lockReplaced(path) }
  }

  /// Whether nobody works on any job.
  var isFolderFree: Bool {
    guard !isAtWork, folder.lockFolder(.exclusive) else { return false }
    folder.unlockFolder()
    return true
  }

  /// Whether somebody works on a job: only they share the lock.
  private var isFolderShared: Bool {
    guard !isFolderFree, folder.lockFolder(.shared) else { return false }
    folder.unlockFolder()
    return true
  }

  /// What keeps a lock only for a moment is worth a second attempt; whoever was stopped meanwhile is not waited for.
  static func tryPatiently(_ attempt: () -> Bool) -> Bool {
    for _ in 0..<100 {
      if attempt() { return true }
      SystemClock.sleep(for: .milliseconds(5))
    }
    return false
  }
}

// MARK: - The record

extension JobLocks {
  /// What the file says, of whichever lock file; nil where that is nothing.
  func record() -> LockRecord? {
    exclusively(readRecord)
  }

  private func readRecord() -> LockRecord? {
    guard let bytes = try? file.read(upTo: LockRecord.mostBytes, at: 0) else { return nil }
    if let latest, latest.bytes == bytes { return latest.record }
    return LockRecord(bytes)
  }

  /// Makes the lock file valid for a ledger, unless somebody works with another one.
  func adopt(ledger: String, writes: Int) {
    isInForce = isValid(for: ledger)
    guard !isInForce, canWrite else { return }
    let record = LockRecord(ledger: ledger, writes: writes, file: mark.text)
    var refusals = 0
    _ = Self.tryPatiently {
      if isFolderShared { refusals += 1 }
      return makeValid(record) || refusals > 5
    }
    isInForce = isValid(for: ledger)
  }

  /// False while anybody has a lock on the folder.
  private func makeValid(_ record: LockRecord) -> Bool {
    guard folder.lockFolder(.exclusive) else { return false }
    defer { folder.unlockFolder() }
    // Somebody else may have made it valid meanwhile.
    if !isValid(for: record.ledger) { try? write(record) }
    return true
  }

  /// Throws where somebody works with another lock file.
  func requireInForce(ledger: String) throws(LedgerError) {
    guard isValid(for: ledger) || isFolderFree else { throw .lockReplaced(path) }
  }

  private func isValid(for ledger: String) -> Bool {
    record().map { mark.matches($0.file) && $0.ledger == ledger } ?? false
  }

  /// Whether the lock file was copied or restored, and not by a process that still works with another one.
  func isCopy(ofLockOf ledger: String) -> Bool {
    record().map { !mark.matches($0.file) && $0.ledger == ledger } ?? false && isFolderFree
  }

  /// Waits until the disk has the record, and the name of the file.
  func synchronize() throws(LedgerError) {
    do {
      try file.synchronize()
      // Some file systems can't sync folders.
      try? folder.synchronize()
    } catch {
      throw .unusable(error, folder: path)
    }
  }

  /// Notes a write to the ledger. Of two that come at once the later counts.
  func note(ledger: String, writes: Int) throws(SystemError) {
    guard isInForce else { return }
    var failure: SystemError?
    exclusively {
      guard readRecord().map({ $0.writes < writes }) ?? true else { return }
      do throws(SystemError) {
        try write(LockRecord(ledger: ledger, writes: writes, file: mark.text))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  private func write(_ record: LockRecord) throws(SystemError) {
    let bytes = record.bytes
    try file.writeAll(bytes, at: 0)
    latest = (bytes, record)
  }

  /// Others that read or write the record wait meanwhile, but not for ever.
  private func exclusively<Value>(_ body: () -> Value) -> Value {
    let isLocked = Self.tryPatiently { (try? file.lockByte(Self.recordByte)) ?? true }
    defer { if isLocked { file.unlockByte(Self.recordByte) } }
    return body()
  }
}
