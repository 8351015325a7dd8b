import CLibrary
import TextFormats

/// A program that shows on the terminal, page by page, what it is fed.
///
/// While it runs, Ctrl-C is its business: it would be left behind on the terminal if this program ended first.
public final class PagerProcess {
  private let child: ChildProcess
  private let feed: FileDescriptor
  private let former: [(number: Int32, action: sigaction)]
  private var status: Subprocess.ExitStatus?

  /// Starts a program of the shell, with more variables than ours; fails where there is none of that name.
  public init(_ command: String, adding variables: [String: String] = [:]) throws(SystemError) {
    let pipe = try Pipe()
    defer { pipe.reading.close() }
    do {
      child = try ChildProcess.spawn(
        Self.arguments(command), environment: CurrentProcess.environment.values.merging(variables) { $1 },
        descriptors: [(pipe.reading, 0)])
    } catch {
      pipe.writing.close()
      throw error
    }
    feed = pipe.writing
    // Only now: what is ignored would be ignored over there, too.
    former = [SIGINT, SIGQUIT].map { number in
      var action = sigaction()
      sigaction(number, nil, &action)
      signal(number, SIG_IGN)
      return (number, action)
    }
  }

  deinit {
    end()
  }

  /// Waits where the program is not yet done with what came before; fails with EPIPE where it has ended.
  public func write(_ bytes: [UInt8]) throws(SystemError) {
    try feed.writeAll(bytes)
  }

  /// Tells the program that this is all, and waits until the user has seen enough.
  @discardableResult
  public func end() -> Subprocess.ExitStatus {
    if let status { return status }
    feed.close()
    let status = child.reap()
    self.status = status
    for (number, action) in former {
      var action = action
      sigaction(number, &action, nil)
    }
    return status
  }

  /// A program and plain words are started as they are, so that a missing program shows; all else is the shell's.
  private static func arguments(_ command: String) -> [String] {
    let words = command.split(separator: " ").map(String.init)
    let isPlain = words.allSatisfy(\.isShellLiteral) && words.first?.contains("=") == false
    return isPlain ? words : ["/bin/sh", "-c", command]
  }
}
