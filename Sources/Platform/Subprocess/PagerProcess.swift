import CLibrary
import TextFormats

/// A program that shows its input on the terminal, page by page.
///
/// While it runs, this process ignores Ctrl-C: otherwise, it would end first and leave the pager behind on the
/// terminal.
public final class PagerProcess {
  private let child: ChildProcess
  private let feed: FileDescriptor
  private let former: [(number: Int32, action: sigaction)]
  private var status: Subprocess.ExitStatus?

  /// Starts a shell command with additional variables. Throws if there is no such program.
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
    // Only after the start, because the pager would inherit ignored signals.
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

  /// Waits if the program hasn't read earlier bytes yet. Throws EPIPE if it has ended.
  public func write(_ bytes: [UInt8]) throws(SystemError) {
    try feed.writeAll(bytes)
  }

  /// Closes the program's input, and waits until the user leaves it.
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

  /// Starts a program with plain words directly, so that a missing one is detected; everything else is left to the
  /// shell.
  private static func arguments(_ command: String) -> [String] {
    let words = command.split(separator: " ").map(String.init)
    let isPlain = words.allSatisfy(\.isShellLiteral) && words.first?.contains("=") == false
    return isPlain ? words : ["/bin/sh", "-c", command]
  }
}
