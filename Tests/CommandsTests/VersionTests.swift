import Application
import TestSupport
import Testing
import TextFormats

/// What names the version outside of `Version.swift` names the same.
@Suite struct VersionTests {
  private static let root = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()

  private func text(_ name: String) throws -> String {
    String(decoding: try FileWalk.bytes(of: "\(Self.root)/\(name)"), as: UTF8.self)
  }

  @Test("The changelog says what is in it")
  func changelog() throws {
    #expect(try text("CHANGELOG.md").contains("\n## [\(Version.current)] - "))
  }

  @Test("The README names the files of this version")
  func readme() throws {
    let words = try text("README.md").split { " \n`/".contains($0) }
    let files = words.filter { $0.hasPrefix("sms") && $0.dropFirst(4).first?.isNumber == true }
    #expect(files.count >= 3)
    for file in files { #expect(file.dropFirst(4).hasPrefix(Version.current), "\(file)") }
  }
}
