import CLibrary

/// Which processes others have started, as far as the system tells.
enum ProcessTree {
  /// What a process has started, and what that has started.
  static func descendants(of process: Int32) -> [Int32] {
    let children = systemChildren(of: process) { try? Files.read($0, limit: 1 << 20) }
    return children.flatMap { [$0] + descendants(of: $0) }
  }
}
