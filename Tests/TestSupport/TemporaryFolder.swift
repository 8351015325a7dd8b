#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform

/// Runs `body` with the path of a new empty folder, and removes it with all that is in it afterwards.
public func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let root = CurrentProcess.environment.values["TMPDIR"] ?? "/tmp"
  var template = Array("\(root)/sms-test-XXXXXX".utf8CString)
  guard mkdtemp(&template) != nil else { throw SystemError(code: errno, operation: "mkdtemp", path: root) }
  let path = String(decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  defer { _ = try? Subprocess.run(["rm", "-rf", path], timeout: .seconds(60)) }
  return try body(path)
}
