#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import TestSupport
import Testing

@testable import Platform

/// What the program makes of the world that it is started in.
@Suite(.ownThread) struct StartTests {
  @Test(
    "A crash, or Ctrl-\\, on a terminal runs no program of the current folder",
    arguments: [SIGQUIT, SIGSEGV, SIGABRT, SIGTRAP])
  func crash(number: Int32) throws {
    try withTemporaryFolder { folder in
      let terminal = try PseudoTerminal()
      let child = try sandbox(in: folder, terminal, "")
      kill(child.id, number)
      #expect(child.reap() == .signaled(number))
      #expect(Files.status("\(folder)/ran") == nil)
      #expect(try !terminal.shown().contains("***"))
    }
  }

  @Test("A signal that was ignored stays ignored")
  func ignored() throws {
    try withTemporaryFolder { folder in
      let terminal = try PseudoTerminal()
      let child = try sandbox(in: folder, terminal, "trap '' QUIT ABRT")
      kill(child.id, SIGQUIT)
      kill(child.id, SIGABRT)
      kill(child.id, SIGTERM)
      #expect(child.reap() != .signaled(SIGQUIT))
    }
  }

  /// A sandbox at work on a terminal, found through `PATH`, where files lie that a runtime could take for its own.
  private func sandbox(in folder: String, _ terminal: PseudoTerminal, _ preparation: String) throws -> ChildProcess {
    let tool = Tool(
      folder: folder, variables: ["SWIFT_BACKTRACE": "enable=yes,swift-backtrace=\(folder)/swift-backtrace"])
    let planted = ["", "bin/", "libexec/swift/", "libexec/swift/linux/"]
    let planting =
      "mkdir -p \(planted.joined(separator: " ")); for folder in '' \(planted.joined(separator: " ")); do "
      + "printf '#!/bin/sh\\ntouch %s/ran\\n' \"$PWD\" >\"${folder}swift-backtrace\"; chmod 700 \"${folder}swift-backtrace\"; done"
    let command = tool.command(
      "\(planting)\n\(preparation)\nexec sms sandbox <\(terminal.path) >\(terminal.path) 2>\(terminal.path)", [])
    let child = try ChildProcess.spawn(command, environment: tool.environment, descriptors: [])
    try wait(for: "the sandbox") { try terminal.shown().contains("listening") }
    return child
  }

  @Test("Arguments are there when a library that is loaded before changes the environment", .needs("cc"))
  func preloaded() throws {
    try withTemporaryFolder { folder in
      let source =
        "#include <stdlib.h>\n__attribute__((constructor)) static void go(void) "
        + "{ for (int i = 0; i < 50; i++) { char name[3] = {'A' + i % 26, 'A' + i / 26, 0}; setenv(name, \"1\", 1); } }\n"
      try Files.replace("\(folder)/library.c", Array(source.utf8))
      let run = try Tool(folder: folder).shell(
        "cc -shared -fPIC -o library.so library.c && LD_PRELOAD=$PWD/library.so DYLD_INSERT_LIBRARIES=$PWD/library.so sms --version"
      )
      #expect(run.code == 0 && run.text.hasPrefix("sms "), "\(run.stderr)")
    }
  }

  @Test("Arguments are there without /proc", .needs("unshare"))
  func withoutProc() throws {
    try withTemporaryFolder { folder in
      let run = try Tool(folder: folder).shell(
        "unshare -rm true 2>/dev/null || exit 77; exec unshare -rm sh -c 'mount -t tmpfs none /proc && exec sms --version'"
      )
      // Not every machine lets its users do that.
      guard run.code != 77 else { return }
      #expect(run.code == 0 && run.text.hasPrefix("sms "), "\(run.stderr)")
    }
  }
}
