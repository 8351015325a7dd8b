#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform

/// A new empty directory, removed with its contents when the last reference is released.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() throws {
    let root = CurrentProcess.environment.values["TMPDIR"] ?? "/tmp"
    var template = Array("\(root)/sms-test-XXXXXX".utf8CString)
    // With links resolved, as the program sees it: on macOS, `TMPDIR` is behind one.
    guard let made = mkdtemp(&template), let folder = realpath(made, nil) else {
      throw SystemError(code: errno, operation: "mkdtemp", path: root)
    }
    defer { free(folder) }
    path = String(cString: folder)
  }

  deinit { FileWalk.remove(path) }
}

/// Runs `body` with the path of a new empty directory, which is removed with its contents afterward.
public func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = try TemporaryFolder()
  return try withExtendedLifetime(folder) { try body(folder.path) }
}

/// Finds and reads files that tests include or are given.
public enum FileWalk {
  /// A system call on a file failed.
  public struct Failure: Error {
    public var path: String
    public var errno: Int32
  }

  /// The paths of all files with this suffix below a directory, sorted; empty if there is no such directory.
  public static func files(under folder: String, suffix: String = "") -> [String] {
    entries(of: folder).flatMap { name -> [String] in
      let path = "\(folder)/\(name)"
      if isFolder(path) { return files(under: path, suffix: suffix) }
      return name.hasSuffix(suffix) ? [path] : []
    }
  }

  /// The bytes of a file.
  public static func bytes(of path: String) throws(Failure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(path: path, errno: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &piece, piece.count)
      guard count >= 0 else { throw Failure(path: path, errno: errno) }
      if count == 0 { return bytes }
      bytes += piece.prefix(count)
    }
  }

  /// Removes a file, or a directory with its contents, as far as possible; links are not followed.
  fileprivate static func remove(_ path: String) {
    guard unlink(path) != 0 else { return }
    for name in entries(of: path) { remove("\(path)/\(name)") }
    rmdir(path)
  }

  private static func entries(of folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let capacity = MemoryLayout.size(ofValue: entry.pointee.d_name)
      let name = withUnsafePointer(to: &entry.pointee.d_name) { start in
        start.withMemoryRebound(to: CChar.self, capacity: capacity) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
