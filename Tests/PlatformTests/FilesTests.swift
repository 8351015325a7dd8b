import Testing
import TestSupport

@testable import Platform

@Suite(.ownThread) struct FilesTests {
  @Test func aNewFileIsForItsOwnerOnly() throws {
    try withTemporaryFolder { folder in
      try Files.createExclusive("\(folder)/secret", Array("key".utf8))
      let status = try #require(Files.status("\(folder)/secret"))
      #expect(status.mode == 0o600)
      #expect(status.kind == .file)
      #expect(status.owner == CurrentUser.id)
      #expect(!status.isReadableByOthers)
      #expect(try Files.read("\(folder)/secret", limit: 3) == Array("key".utf8))
    }
  }

  @Test func anExistingFileIsNeverOverwritten() throws {
    try withTemporaryFolder { folder in
      try Files.createExclusive("\(folder)/a", [1])
      let error = #expect(throws: SystemError.self) { try Files.createExclusive("\(folder)/a", [2]) }
      #expect(error?.isAlreadyThere == true)
      #expect(try Files.read("\(folder)/a", limit: 9) == [1])
    }
  }

  @Test func replacingLeavesOnlyTheNewFile() throws {
    try withTemporaryFolder { folder in
      try Files.createExclusive("\(folder)/a", [1], mode: 0o644)
      try Files.replace("\(folder)/a", [2])
      #expect(try Files.read("\(folder)/a", limit: 9) == [2])
      #expect(Files.status("\(folder)/a")?.mode == 0o600)
      #expect(try listing(folder) == "a\n")
    }
  }

  @Test func aFailedReplacementLeavesNothingBehind() throws {
    try withTemporaryFolder { folder in
      try Files.makeFolders("\(folder)/a/full")
      #expect(throws: SystemError.self) { try Files.replace("\(folder)/a", [2]) }
      #expect(try listing(folder) == "a\n")
    }
  }

  @Test("A file is replaced where there is none, or where it is ours")
  func replacingOurs() throws {
    try withTemporaryFolder { (folder) throws in
      let path = "\(folder)/a"
      #expect(try Files.replace(path, [1]) { _ in false })
      #expect(try !Files.replace(path, [2]) { $0 == [2] })
      #expect(try Files.read(path, limit: 9) == [1])
      #expect(try Files.replace(path, [3]) { $0 == [1] })
      #expect(try Files.read(path, limit: 9) == [3] && Files.status(path)?.mode == 0o600)
      #expect(try listing(folder) == "a\n")
    }
  }

  @Test(
    "What is no plain file is never ours, and stays",
    arguments: ["ln -s gone it", "echo x > x; ln -s x it", "mkfifo it", "mkdir it", "ln -s /dev/null it"])
  func replacingOthers(making: String) throws {
    try withTemporaryFolder { folder in
      _ = try Subprocess.run(["/bin/sh", "-c", "cd \"$1\"; \(making)", "sh", folder], timeout: .seconds(10))
      let before = try listing(folder)
      #expect(try !Files.replace("\(folder)/it", [1]) { _ in true })
      #expect(try listing(folder) == before)
      #expect((try? Files.read("\(folder)/x", limit: 9)) ?? [120, 10] == [120, 10])
    }
  }

  @Test func aFileOverTheLimitIsRefused() throws {
    try withTemporaryFolder { folder in
      try Files.createExclusive("\(folder)/a", [UInt8](repeating: 7, count: 100_000))
      #expect(try Files.read("\(folder)/a", limit: 100_000).count == 100_000)
      let error = #expect(throws: SystemError.self) { try Files.read("\(folder)/a", limit: 99_999) }
      #expect(error?.isTooLarge == true)
      #expect(error?.path == "\(folder)/a")
    }
  }

  @Test func anEndlessFileIsRefusedToo() throws {
    let error = #expect(throws: SystemError.self) { try Files.read("/dev/zero", limit: 1000) }
    #expect(error?.isTooLarge == true)
  }

  @Test(arguments: ["", "/", "//x//y//", "/x/y/z"])
  func foldersAreMadeForTheirOwnerOnly(path: String) throws {
    try withTemporaryFolder { folder in
      for _ in 1...2 { try Files.makeFolders(folder + path) }
      #expect(Files.status(folder + path)?.kind == .folder)
      #expect(Files.status(folder + path)?.mode == 0o700)
    }
  }

  @Test func aFileInTheWayOfAFolderIsAnError() throws {
    try withTemporaryFolder { folder in
      try Files.createExclusive("\(folder)/a", [])
      #expect(throws: SystemError.self) { try Files.makeFolders("\(folder)/a") }
      #expect(throws: SystemError.self) { try Files.makeFolders("\(folder)/a/b") }
    }
  }

  @Test(arguments: ["file", "folder/file"])
  func aMissingFileSaysSo(name: String) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/\(name)"
      let error = #expect(throws: SystemError.self) { try Files.read(path, limit: 1) }
      #expect(error?.isNotFound == true)
      #expect(error?.reason == "No such file or directory")
      #expect(error?.path == path)
      #expect(Files.status(path) == nil)
    }
  }

  @Test func aPathWithNULNeverMeansTheFileBeforeIt() throws {
    try withTemporaryFolder { folder in
      try Files.createExclusive("\(folder)/a", [1])
      #expect(throws: SystemError.self) { try Files.read("\(folder)/a\0b", limit: 1) }
      #expect(Files.status("\(folder)/a\0b") == nil)
      #expect(throws: SystemError.self) { try Files.remove("\(folder)/a\0b") }
      #expect(throws: SystemError.self) { try Files.makeFolders("\(folder)/b\0c") }
      #expect(try listing(folder) == "a\n")
    }
  }

  @Test func appendedLinesFollowEachOther() throws {
    try withTemporaryFolder { folder in
      for line in ["one\n", "two\n"] {
        let file = try Files.openForAppending("\(folder)/log")
        try file.writeAll(Array(line.utf8))
        file.close()
      }
      #expect(try Files.read("\(folder)/log", limit: 99) == Array("one\ntwo\n".utf8))
    }
  }

  @Test func piecesOfALargeFileMakeUpTheFile() throws {
    try withTemporaryFolder { folder in
      let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
      try Files.createExclusive("\(folder)/a", bytes)
      let file = try Files.openForReading("\(folder)/a")
      defer { file.close() }
      let reader = ChunkReader(file)
      var read: [UInt8] = []
      while let chunk = try reader.next() {
        #expect(chunk.count <= 65_536)
        read += chunk
      }
      #expect(read == bytes)
    }
  }

  private func listing(_ folder: String) throws -> String {
    String(decoding: try Subprocess.run(["ls", "-A", folder], timeout: .seconds(30)).stdout, as: UTF8.self)
  }
}
