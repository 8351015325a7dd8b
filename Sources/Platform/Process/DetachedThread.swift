import CLibrary

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
