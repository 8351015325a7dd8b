import Platform
import TextFormats

/// Why the sandbox can't start or go on.
public enum SandboxError: UserError, Hashable, Sendable {
  /// The port can't be listened on; taken, most often (EADDRINUSE).
  case cannotListen(port: UInt16, SystemError)
  /// The log can't be opened or written.
  case cannotLog(path: String, SystemError)
  /// Waiting for connections failed.
  case cannotWait(SystemError)

  package var message: String {
    switch self {
    case .cannotListen(let port, let cause): "127.0.0.1:\(port): \(cause.reason)"
    case .cannotLog(_, let cause), .cannotWait(let cause): cause.message
    }
  }

  package var kind: String { "io" }
  package var exitCode: ExitCode { .io }
}
