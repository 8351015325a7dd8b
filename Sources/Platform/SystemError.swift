import CLibrary
import TextFormats

/// A failed system call.
public struct SystemError: UserError, Hashable, Sendable {
  /// `errno`.
  public var code: Int32
  /// The call, such as `open`.
  public var operation: String
  /// The file; nil if there is none.
  public var path: String?

  public init(code: Int32, operation: String, path: String? = nil) {
    self.code = code
    self.operation = operation
    self.path = path
  }

  /// The system's description of the code, such as `No such file or directory`.
  public var reason: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// For example, `list.csv: No such file or directory`.
  package var message: String { "\(path.map { "\($0): " } ?? "")\(reason)" }
  package var kind: String { "io" }
  package var exitCode: ExitCode { .io }

  /// There is no such file (ENOENT), or part of the path isn't a directory (ENOTDIR).
  public var isNotFound: Bool { code == ENOENT || code == ENOTDIR }

  /// The file already exists (EEXIST).
  public var isAlreadyThere: Bool { code == EEXIST }

  /// A directory instead of a file (EISDIR).
  public var isFolder: Bool { code == EISDIR }

  /// Permission denied (EACCES, EPERM).
  public var isPermissionDenied: Bool { code == EACCES || code == EPERM }

  /// The pipe or socket has no reader anymore (EPIPE).
  public var isBrokenPipe: Bool { code == EPIPE }

  /// What was to be changed has already changed (EAGAIN).
  public var isOutdated: Bool { code == EAGAIN }

  /// The file is larger than the given limit (EFBIG).
  public var isTooLarge: Bool { code == EFBIG }
}

extension SystemError {
  /// Repeats a call as long as signals interrupt it. Throws if it returns a negative number.
  @discardableResult
  package static func check<Number: SignedInteger>(
    _ operation: String, path: String? = nil, _ call: () -> Number
  ) throws(SystemError) -> Number {
    while true {
      let result = call()
      if result >= 0 { return result }
      let code = errno
      if code != EINTR { throw SystemError(code: code, operation: operation, path: path) }
    }
  }
}
