import Messaging
import Platform
import TestSupport
import Testing

@testable import Ledger

/// What may happen to state files while nobody uses them.
struct Damage: CustomTestStringConvertible, Sendable {
  var testDescription: String
  /// Is told the folder, and that of another ledger that was used in the same way.
  var strike: @Sendable (_ folder: String, _ other: String) throws -> Void

  init(_ name: String, _ strike: @escaping @Sendable (_ folder: String, _ other: String) throws -> Void) {
    (testDescription, self.strike) = (name, strike)
  }

  /// Something that happens to one file, as it was and as it becomes; nil for a file that is removed.
  init(_ name: String, _ file: String, _ change: @escaping @Sendable ([UInt8]) -> [UInt8]?) {
    self.init(name) { folder, _ in
      let path = "\(folder)/\(file)"
      guard let bytes = change(try contents(path)) else { return try Files.remove(path) }
      try overwrite(path, bytes)
    }
  }
}

func contents(_ path: String) throws -> [UInt8] { try Files.read(path, limit: 1 << 26) }

/// Writes into a file that is there, which stays the same file.
func overwrite(_ path: String, _ bytes: [UInt8]) throws {
  _ = try Subprocess.run(["truncate", "-s", "0", path], timeout: .seconds(10))
  let file = try Files.openForUpdating(path)
  defer { file.close() }
  try file.writeAll(bytes, at: 0)
}

extension [UInt8] {
  /// With one bit turned over.
  func flipped(at offset: Int) -> [UInt8] {
    var bytes = self
    bytes[offset] ^= 0x10
    return bytes
  }
}

/// Leaves a job as a run does that is killed: of its six rows 1 is accepted, 2 and 3 are under way; all since the ledger was
/// made is in the log.
///
/// With `isOld`, the ledger was used before and its log was written back.
func leaveKilled(_ folder: String, isOld: Bool = true) throws {
  if isOld { _ = try ledger(folder).begin("winter", Plan(count: 1, first: 500)) }
  let ledger = try ledger(folder)
  ledger.database.keepLogOnClose(true)
  let job = try ledger.begin("spring", Plan(count: 6))
  try job.claim(1, 2)
  try job.settle(.accepted, 1)
  try job.claim(3)
}
