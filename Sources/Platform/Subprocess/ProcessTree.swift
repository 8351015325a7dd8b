import TextFormats

/// Which processes others have started, as far as the system tells.
enum ProcessTree {
  /// What a process has started, and what that has started; none where there is no `/proc` of Linux.
  static func descendants(of process: Int32) -> [Int32] {
    let path = "/proc/\(process)/task/\(process)/children"
    guard let bytes = try? Files.read(path, limit: 1 << 20) else { return [] }
    let children = bytes.split(separator: UInt8(ascii: " ")).compactMap { Int32(String(decoding: $0, as: UTF8.self)) }
    return children.flatMap { [$0] + descendants(of: $0) }
  }
}
