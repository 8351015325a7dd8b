import Platform

/// A pager at work.
public struct PagerFeed: Sendable {
  public var write: @Sendable (_ bytes: [UInt8]) throws(SystemError) -> Void
  /// Waits until the user has left it.
  public var end: @Sendable () -> Subprocess.ExitStatus

  public init(
    write: @escaping @Sendable ([UInt8]) throws(SystemError) -> Void,
    end: @escaping @Sendable () -> Subprocess.ExitStatus
  ) {
    self.write = write
    self.end = end
  }
}
