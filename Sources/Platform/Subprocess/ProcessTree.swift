import CLibrary

/// The descendants of processes, as far as the system reports them.
enum ProcessTree {
  /// The child processes of a process, and their descendants.
  static func descendants(of process: Int32) -> [Int32] {
    let children = systemChildren(of: process) { try? Files.read($0, limit: 1 << 20) }
    return children.flatMap { [$0] + descendants(of: $0) }
  }
}
