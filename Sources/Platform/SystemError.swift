import CLibrary
import TextFormats

/// A call to the operating system that failed.
public struct SystemError: UserError, Hashable, Sendable {
  /// `errno`.
  public var code: Int32
  /// What was tried, such as `open`.
  public var operation: String
  /// The file it was about; nil where there was none.
  public var path: String?

  public init(code: Int32, operation: String, path: String? = nil) {
    self.code = code
    self.operation = operation
    self.path = path
  }

  /// The system's words for the code, such as `No such file or directory`.
  public var reason: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Such as `list.csv: No such file or directory`.
  package var message: String { "\(path.map { "\($0): " } ?? "")\(reason)" }
  package var kind: String { "io" }
  package var exitCode: ExitCode { .io }

  /// Nothing there (ENOENT), or a part of the path is no folder (ENOTDIR).
  public var isNotFound: Bool { code == ENOENT || code == ENOTDIR }

  /// The file was there already (EEXIST).
  public var isAlreadyThere: Bool { code == EEXIST }

  /// A folder where a file was wanted (EISDIR).
  public var isFolder: Bool { code == EISDIR }

  /// Not allowed (EACCES, EPERM).
  public var isPermissionDenied: Bool { code == EACCES || code == EPERM }

  /// The reader of a pipe or socket has gone (EPIPE).
  public var isBrokenPipe: Bool { code == EPIPE }

  /// What was to be changed is not any more what it was (EAGAIN).
  public var isOutdated: Bool { code == EAGAIN }

  /// The file has more bytes than the limit given (EFBIG).
  public var isTooLarge: Bool { code == EFBIG }
}

extension SystemError {
  /// Repeats a call while a signal interrupts it; throws when it returns a negative number.
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
