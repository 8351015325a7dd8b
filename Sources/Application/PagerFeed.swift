import Platform

/// A running pager.
package struct PagerFeed: Sendable {
  package var write: @Sendable (_ bytes: [UInt8]) throws(SystemError) -> Void
  /// Waits until the user leaves it.
  package var end: @Sendable () -> Subprocess.ExitStatus

  package init(
    write: @escaping @Sendable ([UInt8]) throws(SystemError) -> Void,
    end: @escaping @Sendable () -> Subprocess.ExitStatus
  ) {
    self.write = write
    self.end = end
  }
}
