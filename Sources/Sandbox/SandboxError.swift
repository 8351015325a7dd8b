import Platform

/// Why the sandbox can't start or go on.
public enum SandboxError: Error, Hashable, Sendable {
  /// The port can't be listened on; taken, most often (EADDRINUSE).
  case cannotListen(port: UInt16, SystemError)
  /// The log can't be opened or written.
  case cannotLog(path: String, SystemError)
  /// Waiting for connections failed.
  case cannotWait(SystemError)
}
