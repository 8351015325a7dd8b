import Platform

/// Kernel locks, one per job: held by the process working on the job, and released when that process ends.
///
/// The lock of job N is byte N of `ledger.lock`; byte 0 protects the content of that file. A process working on a job
/// also has a shared lock on the directory. So a lock file that replaces another during that time is not trusted:
/// making one valid requires the exclusive lock on the directory.
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
  /// The last record read, which is not parsed again if its bytes are unchanged.
  private var latest: (bytes: [UInt8], record: LockRecord)?

  /// Opens the lock file of a directory; with `canWrite`, it is created if missing.
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
    // No other process could work meanwhile, so what this one has seen is complete.
    if let lost { try? JobLocks(folder: folderPath, canWrite: true).adopt(ledger: lost.ledger, writes: lost.writes) }
  }
}

// MARK: - Jobs

extension JobLocks {
  /// Locks the job; false if another process holds it.
  func take(_ job: Int) throws(LedgerError) -> Bool {
    try markInUse()
    do {
      return try file.lockByte(job)
    } catch {
      throw .unusable(error, folder: path)
    }
  }

  func release(_ job: Int) { file.unlockByte(job) }

  /// Whether another process is working on the job; also true if that can't be determined.
  func isHeldElsewhere(_ job: Int) -> Bool {
    isInForce ? file.isByteLockedElsewhere(job) : !isFolderFree
  }

  /// Marks the lock file as in use, so that no other process replaces it.
  private func markInUse() throws(LedgerError) {
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

  /// Throws if the path now leads to another lock file, or to none.
  func requireInPlace() throws(LedgerError) {
    guard Files.identity(path)?.file == identity else { throw .lockReplaced(path) }
  }

  /// Whether no process is working on any job.
  var isFolderFree: Bool {
    guard !isAtWork, folder.lockFolder(.exclusive) else { return false }
    folder.unlockFolder()
    return true
  }

  /// Whether a process is working on a job: only then is there a shared lock.
  private var isFolderShared: Bool {
    guard !isFolderFree, folder.lockFolder(.shared) else { return false }
    folder.unlockFolder()
    return true
  }

  /// Retries for half a second, as locks are often held only briefly; a process suspended with one is not waited for.
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
  /// Reads what the file says, valid or not; nil if it is empty or damaged.
  func record() -> LockRecord? {
    exclusively(readRecord)
  }

  private func readRecord() -> LockRecord? {
    guard let bytes = try? file.read(upTo: LockRecord.mostBytes, at: 0) else { return nil }
    if let latest, latest.bytes == bytes { return latest.record }
    return LockRecord(bytes)
  }

  /// Makes the lock file valid for a ledger, unless a process is working with another one.
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

  /// False while any process has a lock on the directory.
  private func makeValid(_ record: LockRecord) -> Bool {
    guard folder.lockFolder(.exclusive) else { return false }
    defer { folder.unlockFolder() }
    // Another process may have made it valid in the meantime.
    if !isValid(for: record.ledger) { try? write(record) }
    return true
  }

  /// Throws if a process is working with another lock file.
  func requireInForce(ledger: String) throws(LedgerError) {
    guard isValid(for: ledger) || isFolderFree else { throw .lockReplaced(path) }
  }

  private func isValid(for ledger: String) -> Bool {
    record().map { mark.matches($0.file) && $0.ledger == ledger } ?? false
  }

  /// Whether the lock file was copied or restored, and no process is working with another one.
  func isCopy(ofLockOf ledger: String) -> Bool {
    record().map { !mark.matches($0.file) && $0.ledger == ledger } ?? false && isFolderFree
  }

  /// Waits until the record and the file's name are on disk.
  func synchronize() throws(LedgerError) {
    do {
      try file.synchronize()
      // Some file systems can't sync directories.
      try? folder.synchronize()
    } catch {
      throw .unusable(error, folder: path)
    }
  }

  /// Records a write to the ledger. Of two at the same time, the later one counts.
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

  /// Other processes wait to read or write the record, but not forever.
  private func exclusively<Value>(_ body: () -> Value) -> Value {
    let isLocked = Self.tryPatiently { (try? file.lockByte(Self.recordByte)) ?? true }
    defer { if isLocked { file.unlockByte(Self.recordByte) } }
    return body()
  }
}

/// The content of `ledger.lock`: which ledger it belongs to, and how many writes that had when it was last written.
///
/// It is written after each write to the ledger. So it may be behind the ledger, by an interrupted write or by what a
/// power failure undid; a ledger that is behind it has lost writes.
struct LockRecord: Hashable {
  /// The maximum size of a record, in bytes.
  static let mostBytes = 128

  /// The ledger's own random id, in hexadecimal.
  var ledger: String
  /// The number of writes to the ledger so far.
  var writes: Int
  /// The mark of the lock file that it was written to, as a copy is not a lock.
  var file: String

  init(ledger: String, writes: Int, file: String) {
    (self.ledger, self.writes, self.file) = (ledger, writes, file)
  }

  /// A line of words; the last one is a digest, which shows whether the line is complete.
  var bytes: [UInt8] {
    let line = line
    return Array("\(line) \(Self.digest(line))\n".utf8)
  }

  private var line: String { "sms-ledger \(ledger) \(writes) \(file)" }

  /// Nil for anything but the output of `bytes`.
  init?(_ bytes: [UInt8]) {
    let words = bytes.prefix { $0 != UInt8(ascii: "\n") }.split(separator: UInt8(ascii: " "))
      .map { String(decoding: $0, as: UTF8.self) }
    guard words.count == 5, let writes = Int(words[2]) else { return nil }
    self.init(ledger: words[1], writes: writes, file: words[3])
    guard bytes.starts(with: self.bytes) else { return nil }
  }

  private static func digest(_ line: String) -> String {
    var digest = FieldDigest()
    digest.add(line)
    return String(digest.value, radix: 16)
  }
}
