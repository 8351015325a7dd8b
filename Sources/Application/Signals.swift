import Configuration
import Platform

/// Signals that ask the program to end.
package struct Signals: Sendable {
  /// Becomes readable with the first one.
  package var descriptor: FileDescriptor
  /// The number of the first one; nil before.
  package var received: @Sendable () -> Int32?

  package init(descriptor: FileDescriptor, received: @escaping @Sendable () -> Int32?) {
    self.descriptor = descriptor
    self.received = received
  }
}
