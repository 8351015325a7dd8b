import CLibrary

/// Work on a separate thread, while its owner does something else.
///
/// The owner must not access anything that the work uses until `finish` returns.
public final class BackgroundWork {
  private let work: @Sendable () -> Void
  private var pipe: Pipe?
  private var isBegun = false
  /// Whether `finish` has returned, or the work was done without a thread.
  public private(set) var isFinished = false

  public init(_ work: @escaping () -> Void) {
    // Safe because the two threads take turns: the owner accesses it before `begin` or after `finish`.
    nonisolated(unsafe) let work = work
    self.work = { work() }
  }

  /// Readable when the work is done; nil before `begin` and after `finish`.
  public var descriptor: FileDescriptor? { pipe?.reading }

  /// Starts the work on a new thread. If no thread can be created, does the work immediately.
  public func begin() {
    guard !isBegun else { return }
    isBegun = true
    do {
      pipe = try started()
    } catch {
      work()
      isFinished = true
    }
  }

  /// Waits until the work is done; does it now if it wasn't started.
  public func finish() {
    guard !isFinished else { return }
    if !isBegun { work() }
    if let pipe {
      // The byte that the thread writes when it is done.
      _ = try? pipe.reading.read(upTo: 1)
      pipe.close()
    }
    (isBegun, isFinished, pipe) = (true, true, nil)
  }

  private func started() throws(SystemError) -> Pipe {
    let pipe = try Pipe()
    do {
      try DetachedThread.start { [work] in
        work()
        try? pipe.writing.writeAll([1])
      }
    } catch {
      pipe.close()
      throw error
    }
    return pipe
  }
}

/// A system thread, for blocking calls.
public enum DetachedThread {
  /// Runs `body` on a new thread. Signals that are blocked in the calling thread are blocked there, too.
  public static func start(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
    let context = Unmanaged.passRetained(Body(body)).toOpaque()
    let code = startThread(context) { runBody($0) }
    guard code == 0 else {
      Unmanaged<Body>.fromOpaque(context).release()
      throw SystemError(code: code, operation: "pthread_create")
    }
  }
}

private final class Body: Sendable {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// The start routine of the thread; `context` is a retained `Body`.
private func runBody(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
  return nil
}
