#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform

/// A new empty folder, removed with all that is in it when the last reference to it goes.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() throws {
    let root = CurrentProcess.environment.values["TMPDIR"] ?? "/tmp"
    var template = Array("\(root)/sms-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemError(code: errno, operation: "mkdtemp", path: root) }
    path = String(decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit {
    _ = try? Subprocess.run(["rm", "-rf", path], timeout: .seconds(60))
  }
}

/// Runs `body` with the path of a new empty folder, and removes it with all that is in it afterwards.
public func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = try TemporaryFolder()
  return try withExtendedLifetime(folder) { try body(folder.path) }
}
