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

  @Test("Changes are sorted by the kinds of Keep a Changelog")
  func kinds() throws {
    let lines = try text("CHANGELOG.md").split(separator: "\n").map(String.init)
    let kinds = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]
    for release in lines.split(omittingEmptySubsequences: false, whereSeparator: { $0.hasPrefix("## ") }).dropFirst() {
      let headings = release.filter { $0.hasPrefix("### ") }.map { String($0.dropFirst(4)) }
      #expect(headings == kinds.filter(headings.contains))
      let first = release.first { $0.hasPrefix("- ") || $0.hasPrefix("### ") }
      #expect(first?.hasPrefix("### ") ?? true, "a change under no heading: \(first ?? "")")
    }
  }

  @Test(
    "Man pages and the Debian package are of this version",
    arguments: [
      ("docs/man/sms.1", "\n.Os sms VERSION\n"), ("docs/man/sms-send.1", "\n.Os sms VERSION\n"),
      ("packaging/debian/changelog", "sms (VERSION) "),
    ])
  func files(name: String, words: String) throws {
    let words = words.replacing("VERSION", with: Version.current)
    #expect("\n\(try text(name))".contains(words))
  }

  @Test("The README names the files of this version")
  func readme() throws {
    let words = try text("README.md").split { " \n`/".contains($0) }
    let files = words.filter { $0.hasPrefix("sms") && $0.dropFirst(4).first?.isNumber == true }
    #expect(files.count >= 3)
    for file in files { #expect(file.dropFirst(4).hasPrefix(Version.current), "\(file)") }
  }
}
