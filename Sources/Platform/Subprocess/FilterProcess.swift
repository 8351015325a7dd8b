import CLibrary
import Synchronization

/// A program that turns the bytes it is fed into others while it runs. Ctrl-C at a terminal is no business of its.
public final class FilterProcess: Sendable {
  /// How it came to its end.
  public struct Ending: Sendable {
    public var status: Subprocess.ExitStatus
    /// The beginning of what it wrote to standard error.
    public var errors: [UInt8]
  }

  private let child: ChildProcess
  private let feed: FileDescriptor
  private let output: Pump
  private let errors: Pump
  private let collected = CollectedBytes(limit: 65_536)
  private let ending = Mutex<Ending?>(nil)

  /// Starts a program, found through `PATH`. What it writes goes to `output` as it comes, on a thread of its own; nothing
  /// comes after that has failed once. Fails with ENOENT where there is no such program.
  public init(
    _ arguments: [String], output: @escaping @Sendable ([UInt8]) throws(SystemError) -> Void
  ) throws(SystemError) {
    let pipes = [try Pipe(), try Pipe(), try Pipe()]
    do {
      child = try ChildProcess.spawn(
        arguments, environment: nil,
        descriptors: [(pipes[0].reading, 0), (pipes[1].writing, 1), (pipes[2].writing, 2)], group: .own)
    } catch {
      for pipe in pipes { pipe.close() }
      throw error
    }
    for end in [pipes[0].reading, pipes[1].writing, pipes[2].writing] { end.close() }
    feed = pipes[0].writing
    self.output = try Pump(from: pipes[1].reading, into: output)
    errors = try Pump(from: pipes[2].reading) { [collected] (bytes) throws(SystemError) in collected.append(bytes) }
  }

  /// Waits where the program is not yet done with what came before. Fails where its output could not be written; a
  /// program that wants no more is no failure.
  public func write(_ bytes: [UInt8]) throws(SystemError) {
    if let failure = output.failure { throw failure }
    do {
      try feed.writeAll(bytes)
    } catch let error where error.isBrokenPipe {
      return
    }
  }

  /// Tells the program that this is all, and waits until its output is written; fails where that could not be done.
  public func end() throws(SystemError) -> Ending {
    if let ending = ending.withLock({ $0 }) { return ending }
    feed.close()
    output.wait()
    errors.wait()
    let ending = Ending(status: child.reap(), errors: collected.bytes)
    self.ending.withLock { $0 = ending }
    if let failure = output.failure { throw failure }
    return ending
  }
}

/// Moves bytes from a descriptor, which it closes, to a function, on a thread of its own.
private final class Pump: Sendable {
  private let state = Mutex<SystemError?>(nil)
  /// Gets its end of file when the thread ends.
  private let done: Pipe

  init(
    from source: FileDescriptor, into output: @escaping @Sendable ([UInt8]) throws(SystemError) -> Void
  ) throws(SystemError) {
    done = try Pipe()
    try DetachedThread.start { [self] in
      do throws(SystemError) {
        while case let bytes = try source.read(upTo: chunkSize), !bytes.isEmpty { try output(bytes) }
      } catch {
        state.withLock { $0 = error }
      }
      // A program that still writes is told so, as by any reader that has seen enough.
      source.close()
      done.writing.close()
    }
  }

  var failure: SystemError? { state.withLock { $0 } }

  func wait() {
    _ = try? done.reading.waitUntilReadable(atMost: nil)
    done.reading.close()
  }
}

/// The first bytes of many.
private final class CollectedBytes: Sendable {
  private let limit: Int
  private let kept = Mutex<[UInt8]>([])

  init(limit: Int) {
    self.limit = limit
  }

  var bytes: [UInt8] { kept.withLock { $0 } }

  func append(_ more: [UInt8]) { kept.withLock { $0 += more.prefix(limit - $0.count) } }
}
