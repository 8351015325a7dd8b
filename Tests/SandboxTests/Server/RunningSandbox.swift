import Platform
import TestSupport
import TextFormats

@testable import Sandbox

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A sandbox that runs on a thread of its own until this value goes, with a log in a temporary folder.
final class RunningSandbox {
  let port: UInt16
  private let folder: TemporaryFolder
  private let stop: FileDescriptor
  private let stopped: FileDescriptor

  init(latency: Duration = .zero, faults: [Fault] = [], seed: UInt64 = 1, heldBytesLimit: Int = 1 << 26) throws {
    folder = try TemporaryFolder()
    let server = try SandboxServer(
      SandboxOptions(latency: latency, faults: faults, seed: seed, log: "\(folder.path)/log.jsonl"))
    server.heldBytesLimit = heldBytesLimit
    port = server.port
    let (hearing, telling) = (try pipeEnds(), try pipeEnds())
    (stop, stopped) = (hearing.writing, telling.reading)
    let handover = Handover(server: server)
    try DetachedThread.start {
      try? handover.server.run(until: hearing.reading)
      hearing.reading.close()
      telling.writing.close()
    }
  }

  deinit {
    stop.close()
    _ = try? stopped.waitUntilReadable(atMost: .seconds(10))
    stopped.close()
  }

  /// The lines of the log so far.
  func log() throws -> [JSONValue] {
    let bytes = try Files.read("\(folder.path)/log.jsonl", limit: 100_000_000)
    return try bytes.split(separator: UInt8(ascii: "\n")).map { try JSONValue(parsing: $0) }
  }

  /// Waits until the log has so many lines; ten seconds without them are a failure.
  func waitForLog(lines: Int) throws {
    let start = MonotonicInstant.now
    while try log().count < lines {
      guard start.elapsed < .seconds(10) else { throw Silence() }
      SystemClock.sleep(for: .milliseconds(1))
    }
  }

  func connect() throws -> TestClient {
    try TestClient(self)
  }
}

/// Hands the server to the one thread that uses it from then on.
private struct Handover: @unchecked Sendable {
  let server: SandboxServer
}

private func pipeEnds() throws -> (reading: FileDescriptor, writing: FileDescriptor) {
  var ends: [Int32] = [-1, -1]
  guard pipe(&ends) == 0 else { throw SystemError(code: errno, operation: "pipe") }
  return (FileDescriptor(rawValue: ends[0]), FileDescriptor(rawValue: ends[1]))
}
