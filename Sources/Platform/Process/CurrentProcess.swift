import CLibrary
import TextFormats

/// What the process was started with.
public enum CurrentProcess {
  /// The arguments of `main` as bytes, the program's own name left out; `String(utf8:)` checks each.
  public static func arguments(_ count: Int32, _ arguments: UnsafePointer<UnsafePointer<CChar>?>) -> [[UInt8]] {
    guard count > 1 else { return [] }
    return (1..<Int(count)).compactMap { arguments[$0].map(bytes(of:)) }
  }

  /// The name by which the program was called, without folders.
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

  /// The environment variables; of a name that occurs twice, the first.
  public static var environment: EnvironmentVariables {
    var variables = EnvironmentVariables()
    var entry = environmentBlock
    while let text = entry.pointee {
      variables.add(bytes(of: text))
      entry += 1
    }
    return variables
  }

  /// Takes variables out of the environment that other programs inherit; none of our threads may be reading it.
  public static func dropVariables(_ names: some Sequence<String>) {
    for name in names { unsetenv(name) }
  }

  /// Keeps the memory, with the secrets in it, from being written to a file when this process or a child crashes.
  public static func leaveNoCoreDump() {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(coreDumpLimit, &none)
  }

  /// Raises the limit on open descriptors as far as allowed, up to that many, of which macOS accepts 10,240 at most.
  public static func raiseDescriptorLimit(to most: UInt64) {
    var limit = rlimit()
    guard getrlimit(descriptorLimit, &limit) == 0, limit.rlim_cur < most else { return }
    limit.rlim_cur = min(rlim_t(most), limit.rlim_max)
    setrlimit(descriptorLimit, &limit)
  }

  /// Process ID.
  public static var id: Int32 { getpid() }

  /// Ends the process at once with this exit code: nothing is tidied up that would go with it anyway.
  ///
  /// The libraries behind libcurl would take a millisecond for that, and must not while another thread loads them.
  public static func exit(_ code: Int32) -> Never {
    _exit(code)
  }

  private static func bytes(of text: UnsafePointer<CChar>) -> [UInt8] {
    [UInt8](UnsafeRawBufferPointer(start: text, count: strlen(text)))
  }
}

/// Environment variables, apart from those that are not text.
public struct EnvironmentVariables: Sendable {
  /// Values by name.
  public var values: [String: String] = [:]
  /// Names whose values are not UTF-8, and the number of valid bytes in them before the first invalid one.
  public var invalid: [String: Int] = [:]

  mutating func add(_ entry: [UInt8]) {
    guard let equals = entry.firstIndex(of: UInt8(ascii: "=")), equals > 0,
      let name = String(utf8: entry[..<equals]), values[name] == nil, invalid[name] == nil
    else { return }
    let value = entry[(equals + 1)...]
    if let text = String(utf8: value) { values[name] = text } else { invalid[name] = value.offsetOfInvalidUTF8() }
  }
}

/// The user the process runs as.
public enum CurrentUser {
  /// Effective user ID.
  public static var id: UInt32 { geteuid() }

  /// The home folder of the user database; `HOME` is to be asked before. Nil where it has none.
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
    // The standard library's generator uses getrandom or arc4random, which are made for secrets.
    (0..<count).map { _ in UInt8.random(in: 0...UInt8.max) }
  }
}
