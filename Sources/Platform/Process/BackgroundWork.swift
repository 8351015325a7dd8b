/// Work that a thread of its own does while its owner does something else.
///
/// Until `finish` returns, the owner touches nothing that the work uses.
public final class BackgroundWork {
  private let work: @Sendable () -> Void
  private var pipe: Pipe?
  private var isBegun = false
  /// Whether `finish` has returned, or there was no thread to be had.
  public private(set) var isFinished = false

  public init(_ work: @escaping () -> Void) {
    // Safe, as the two threads take turns: what the owner does is before `begin` or after `finish`.
    nonisolated(unsafe) let work = work
    self.work = { work() }
  }

  /// Readable when the work is done; nil before it was begun, and after it was finished.
  public var descriptor: FileDescriptor? { pipe?.reading }

  /// Begins the work on a new thread. Where there is none to be had, does it at once.
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

  /// Waits for the end of the work; where it was not begun, does it.
  public func finish() {
    guard !isFinished else { return }
    if !isBegun { work() }
    if let pipe {
      // The byte that the thread writes at the end.
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
