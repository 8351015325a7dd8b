import Platform

/// Signals that ask the program to end.
public struct Signals: Sendable {
  /// Becomes readable with the first one.
  public var descriptor: FileDescriptor
  /// The number of the first one; nil before.
  public var received: @Sendable () -> Int32?

  public init(descriptor: FileDescriptor, received: @escaping @Sendable () -> Int32?) {
    self.descriptor = descriptor
    self.received = received
  }
}
