import CLibrary
import Synchronization
import TextFormats

/// A program that transforms the bytes that are written to it. In its own process group, it doesn't get Ctrl-C.
public final class FilterProcess: Sendable {
  /// How the program ended.
  public struct Ending: Sendable {
    public var status: Subprocess.ExitStatus
    /// The start of its standard error.
    public var errors: [UInt8]
  }

  private let child: ChildProcess
  private let feed: FileDescriptor
  private let output: Pump
  private let errors: Pump
  private let collected = CollectedBytes(limit: 65_536)
  private let ending = Mutex<Ending?>(nil)

  /// Starts a program, found through `PATH`. Calls `output` with its output as it arrives, on a separate thread,
  /// until `output` throws. Throws ENOENT if there is no such program.
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

  /// Waits if the program hasn't processed earlier bytes yet. Throws if its output couldn't be written; if the
  /// program stops reading, that isn't an error.
  public func write(_ bytes: [UInt8]) throws(SystemError) {
    if let failure = output.failure { throw failure }
    do {
      try feed.writeAll(bytes)
    } catch let error where error.isBrokenPipe {
      return
    }
  }

  /// Closes the program's input, and waits until its output is written. Throws if that failed.
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

/// Moves bytes from a descriptor to a function, on a separate thread; closes the descriptor at the end.
private final class Pump: Sendable {
  private let state = Mutex<SystemError?>(nil)
  /// Reaches its end of file when the thread ends.
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
      // A program that is still writing gets EPIPE, as from any reader that stops early.
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

/// Collects the first bytes, up to a limit.
private final class CollectedBytes: Sendable {
  private let limit: Int
  private let kept = Mutex<[UInt8]>([])

  init(limit: Int) {
    self.limit = limit
  }

  var bytes: [UInt8] { kept.withLock { $0 } }

  func append(_ more: [UInt8]) { kept.withLock { $0 += more.prefix(limit - $0.count) } }
}

/// A program that shows its input on the terminal, page by page.
///
/// While it runs, this process ignores Ctrl-C: otherwise, it would end first and leave the pager behind on the
/// terminal.
public final class PagerProcess {
  private let child: ChildProcess
  private let feed: FileDescriptor
  private let former: [(number: Int32, action: sigaction)]
  private var status: Subprocess.ExitStatus?

  /// Starts a shell command with additional variables. Throws if there is no such program.
  public init(_ command: String, adding variables: [String: String] = [:]) throws(SystemError) {
    let pipe = try Pipe()
    defer { pipe.reading.close() }
    do {
      child = try ChildProcess.spawn(
        Self.arguments(command), environment: CurrentProcess.environment.values.merging(variables) { $1 },
        descriptors: [(pipe.reading, 0)])
    } catch {
      pipe.writing.close()
      throw error
    }
    feed = pipe.writing
    // Only after the start, because the pager would inherit ignored signals.
    former = [SIGINT, SIGQUIT].map { number in
      var action = sigaction()
      sigaction(number, nil, &action)
      signal(number, SIG_IGN)
      return (number, action)
    }
  }

  deinit {
    end()
  }

  /// Waits if the program hasn't read earlier bytes yet. Throws EPIPE if it has ended.
  public func write(_ bytes: [UInt8]) throws(SystemError) {
    try feed.writeAll(bytes)
  }

  /// Closes the program's input, and waits until the user leaves it.
  @discardableResult
  public func end() -> Subprocess.ExitStatus {
    if let status { return status }
    feed.close()
    let status = child.reap()
    self.status = status
    for (number, action) in former {
      var action = action
      sigaction(number, &action, nil)
    }
    return status
  }

  /// Starts a program with plain words directly, so that a missing one is detected; everything else is left to the
  /// shell.
  private static func arguments(_ command: String) -> [String] {
    let words = command.split(separator: " ").map(String.init)
    let isPlain = words.allSatisfy(\.isShellLiteral) && words.first?.contains("=") == false
    return isPlain ? words : ["/bin/sh", "-c", command]
  }
}
