import Platform

/// The system calls of a run that say in which order it sent, wrote and waited for the disk, as `strace -yy` saw them.
///
/// Waiting counts from its end, everything else from its beginning.
struct SystemCallTrace {
  /// One call.
  struct Call {
    var name: Substring
    /// What is behind the descriptor, such as the path of a file, or `TCP:[…]`.
    var target: Substring
    /// Its arguments, as strace shows them.
    var arguments: Substring

    /// Reads a line without its process number; nil for what has no descriptor.
    fileprivate init?(_ line: Substring) {
      guard let opening = line.firstIndex(of: "("), let start = line[opening...].firstIndex(of: "<") else { return nil }
      let rest = line[start...].dropFirst()
      // The arrow between the two ends of a connection is no end of the name.
      guard let end = rest.indices.first(where: { rest[$0] == ">" && !rest[..<$0].hasSuffix("-") }) else { return nil }
      name = line[..<opening]
      target = rest[..<end]
      arguments = line[opening...]
    }

    var waitsForDisk: Bool { name == "fsync" || name == "fdatasync" }
    var isToLedger: Bool { target.hasSuffix("/ledger.db-wal") }
    var isToNetwork: Bool { target.hasPrefix("TCP") }
    var isToOutput: Bool { arguments.hasPrefix("(1<") }
  }

  let calls: [Call]

  /// Whether strace is there and may trace.
  static let isPossible: Bool = {
    let run = try? Subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], timeout: .seconds(10))
    return run?.status == .exited(0)
  }()

  /// What puts a command under strace, with the trace to go to a file.
  static func command(file: String) -> String {
    "strace -f -qq -yy -s 9000 -o \(file) "
      + "-e trace=fsync,fdatasync,write,writev,pwrite64,pwritev,send,sendto,sendmsg,sendmmsg"
  }

  init(_ text: String) {
    var calls: [Call] = []
    var unfinished: [Substring: Call] = [:]
    for line in text.split(separator: "\n") {
      let process = line.prefix { $0 != " " }
      let rest = line[process.endIndex...].drop { $0 == " " }
      if rest.hasPrefix("<... ") {
        if let call = unfinished.removeValue(forKey: process) { calls.append(call) }
      } else if let call = Call(rest) {
        if call.waitsForDisk, rest.hasSuffix("<unfinished ...>") {
          unfinished[process] = call
        } else {
          calls.append(call)
        }
      }
    }
    self.calls = calls
  }
}
