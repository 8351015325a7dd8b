#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import TestSupport
import Testing

@testable import Platform

/// Who may have written a file that is to be believed.
@Suite(.ownThread) struct FileTrustTests {
  /// What is found of the file `F/file` after a script of the shell.
  private func judged(_ script: String, path: String = "F/file") throws -> (TrustProblem?, folder: String) {
    try withTemporaryFolder { folder in
      let output = try Subprocess.run(
        ["/bin/sh", "-c", "cd \"$1\"; umask 077; mkdir F; echo key > F/file; \(script)", "sh", folder],
        timeout: .seconds(60))
      #expect(output.status == .exited(0))
      let file = try Files.readJudged("\(folder)/\(path)", limit: 100)
      #expect(file.bytes == Array("key\n".utf8))
      return (file.distrust, folder)
    }
  }

  @Test("A file is judged by its mode, and so is its folder", arguments: [0o600, 0o644, 0o640, 0o444])
  func modes(mode: Int) throws {
    #expect(try judged("chmod \(String(mode, radix: 8)) F/file").0 == nil)
    #expect(try judged("chmod \(String(mode | 0o020, radix: 8)) F/file").0 == .writableByOthers)
    #expect(try judged("chmod \(String(mode | 0o002, radix: 8)) F/file").0 == .writableByOthers)
  }

  @Test("A folder in which anybody may replace the file is as bad; a sticky one is not")
  func folders() throws {
    for (mode, isOpen) in [("777", true), ("707", true), ("1777", false), ("775", false), ("755", false)] {
      let (distrust, folder) = try judged("chmod \(mode) F")
      #expect(distrust == (isOpen ? .inOpenFolder("\(folder)/F") : nil), "\(mode)")
    }
  }

  @Test("Of a link, its own folder counts and that of the file")
  func links() throws {
    #expect(try judged("ln -s F/file link", path: "link").0 == nil)
    let (target, _) = try judged("ln -s F/file link; chmod 777 F", path: "link")
    guard case .inOpenFolder(let found) = target else { Issue.record("\(String(describing: target))"); return }
    #expect(found.hasSuffix("/F"))
    let (link, folder) = try judged("mkdir open; chmod 777 open; ln -s ../F/file open/link", path: "open/link")
    #expect(link == .inOpenFolder("\(folder)/open"))
  }

  @Test(
    "Nor may anybody replace a folder on the way, or a link to one",
    arguments: [
      ("mkdir -p open/a/b; ln F/file open/a/b/file; chmod 777 open", "open/a/b/file"),
      ("mkdir -p open/a/b; ln F/file open/a/b/file; chmod 777 open; ln -s open/a/b in", "in/file"),
      ("mkdir -p open/a; mv F open/a; chmod 777 open; ln -s open/a/F F", "F/file"),
      ("mkdir open; ln -s ../F open/b; chmod 777 open; ln -s open/b a", "a/file"),
      ("mkdir open; ln -s ../F/file open/b; chmod 777 open; ln -s open/b a; ln -s a c", "c"),
    ])
  func ancestors(script: String, path: String) throws {
    let (distrust, folder) = try judged(script, path: path)
    #expect(distrust == .inOpenFolder("\(folder)/open"))
    #expect(try judged(script.replacing("chmod 777", with: "chmod 1777"), path: path).0 == nil)
  }

  @Test("Links that go round in circles end")
  func circle() throws {
    #expect(try judged("ln -s F/../F/file a; ln -s a b", path: "b").0 == nil)
    #expect(throws: SystemError.self) { try judged("ln -s b a; ln -s a b", path: "a") }
  }

  @Test("A file belongs to its reader or to root")
  func owners() {
    func distrust(owner: UInt32, by user: UInt32) -> TrustProblem? {
      FileStatus(kind: .file, mode: 0o600, owner: owner, size: 1).distrust(by: user)
    }
    #expect(distrust(owner: 1000, by: 1000) == nil && distrust(owner: 0, by: 1000) == nil)
    #expect(distrust(owner: 1001, by: 1000) == .anotherUsers(owner: 1001))
    #expect(distrust(owner: 1000, by: 0) == .anotherUsers(owner: 1000))
  }

  @Test("A pipe is not judged")
  func pipes() throws {
    try withTemporaryFolder { folder in
      #expect(mkfifo("\(folder)/pipe", 0o666) == 0 && chmod("\(folder)/pipe", 0o666) == 0)
      let path = "\(folder)/pipe"
      try DetachedThread.start {
        if let file = try? Files.openForAppending(path) { try? file.writeAll([1]); file.close() }
      }
      let file = try Files.readJudged(path, limit: 100)
      #expect(file.bytes == [1] && file.distrust == nil)
    }
  }
}
