import CLibrary
import TextFormats

/// The arguments, environment, and limits of this process.
public enum CurrentProcess {
  /// The arguments of `main` as bytes, without the program's name; check each with `String(utf8:)`.
  public static func arguments(_ count: Int32, _ arguments: UnsafePointer<UnsafePointer<CChar>?>) -> [[UInt8]] {
    guard count > 1 else { return [] }
    return (1..<Int(count)).compactMap { arguments[$0].map(bytes(of:)) }
  }

  /// The name that the program was called by, without directories.
  public static func name(_ count: Int32, _ arguments: UnsafePointer<UnsafePointer<CChar>?>) -> String {
    guard count > 0, let first = arguments[0] else { return "" }
    return String(decoding: bytes(of: first).split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self)
  }

  /// The machine's name, without its domain.
  public static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "" }
    return String(decoding: name.prefix { $0 != 0 && $0 != 0x2E }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The environment variables; if a name occurs twice, the first value.
  public static var environment: EnvironmentVariables {
    var variables = EnvironmentVariables()
    var entry = environmentBlock
    while let text = entry.pointee {
      variables.add(bytes(of: text))
      entry += 1
    }
    return variables
  }

  /// Removes variables from the environment that child processes inherit; no other thread may be reading it.
  public static func dropVariables(_ names: some Sequence<String>) {
    for name in names { unsetenv(name) }
  }

  /// Prevents core dumps of this process and its children, because the memory contains secrets.
  public static func leaveNoCoreDump() {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(coreDumpLimit, &none)
  }

  /// Raises the limit on open descriptors to `most`, or as far as allowed; macOS accepts at most 10,240.
  public static func raiseDescriptorLimit(to most: UInt64) {
    var limit = rlimit()
    guard getrlimit(descriptorLimit, &limit) == 0, limit.rlim_cur < most else { return }
    limit.rlim_cur = min(rlim_t(most), limit.rlim_max)
    setrlimit(descriptorLimit, &limit)
  }

  /// Process ID.
  public static var id: Int32 { getpid() }

  /// Exits immediately, without running exit handlers.
  ///
  /// The exit handlers of libcurl's dependencies would take a millisecond, and must not run while another thread loads
  /// these libraries.
  public static func exit(_ code: Int32) -> Never {
    _exit(code)
  }

  private static func bytes(of text: UnsafePointer<CChar>) -> [UInt8] {
    [UInt8](UnsafeRawBufferPointer(start: text, count: strlen(text)))
  }
}

/// The environment variables, separated into those that are text and those that aren't.
public struct EnvironmentVariables: Sendable {
  /// Values by name.
  public var values: [String: String] = [:]
  /// Names whose values aren't valid UTF-8, with the offset of the first invalid byte.
  public var invalid: [String: Int] = [:]

  mutating func add(_ entry: [UInt8]) {
    guard let equals = entry.firstIndex(of: UInt8(ascii: "=")), equals > 0,
      let name = String(utf8: entry[..<equals]), values[name] == nil, invalid[name] == nil
    else { return }
    let value = entry[(equals + 1)...]
    if let text = String(utf8: value) { values[name] = text } else { invalid[name] = value.offsetOfInvalidUTF8() }
  }
}

/// The user that runs the process.
public enum CurrentUser {
  /// Effective user ID.
  public static var id: UInt32 { geteuid() }

  /// The home directory in the user database; `HOME` takes precedence over it. Nil if there is none.
  public static var home: String? {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16_384)
    guard getpwuid_r(geteuid(), &entry, &buffer, buffer.count, &found) == 0, found != nil,
      let folder = entry.pw_dir
    else { return nil }
    return String(validatingCString: folder)
  }
}

/// Unpredictable bytes from the system.
public enum SecureRandom {
  /// This many random bytes.
  public static func bytes(_ count: Int) -> [UInt8] {
    // The standard library's generator uses getrandom or arc4random, which are cryptographically secure.
    (0..<count).map { _ in UInt8.random(in: 0...UInt8.max) }
  }
}
