import Platform
import TestSupport
import Testing

/// The pages lead to each other.
@Suite(.ownThread) struct LinkTests {
  private static let root = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
  private static let pages =
    ["README.md"] + FileWalk.files(under: "\(root)/docs", suffix: ".md").map { "docs/\($0.name)" }

  @Test("Links between pages lead to a page and a heading that is there", arguments: pages)
  func links(page: String) throws {
    let folder = page.hasPrefix("docs/") ? "docs/" : ""
    for link in try Self.text(of: page).links where !link.hasPrefix("http") {
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let target = parts[0].isEmpty ? page : folder + parts[0]
      let text = try? Self.text(of: target)
      #expect(text != nil, "\(page) links to \(link)")
      guard parts.count == 2, let text else { continue }
      #expect(text.headings.contains(parts[1]), "\(page) links to \(link)")
    }
  }

  private static func text(of page: String) throws -> String {
    String(decoding: try FileWalk.bytes(of: "\(root)/\(page)"), as: UTF8.self)
  }
}

extension String {
  /// The last part of a path.
  fileprivate var name: String { split(separator: "/").last.map(String.init) ?? self }

  /// What the links in a Markdown text lead to.
  fileprivate var links: [String] {
    split(separator: "](").dropFirst().compactMap { $0.split(separator: ")").first.map(String.init) }
  }

  /// The names by which links find the headings of a Markdown text.
  fileprivate var headings: [String] {
    split(separator: "\n").filter { $0.hasPrefix("#") }.map { line in
      line.drop { $0 == "#" }.dropFirst().lowercased()
        .filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == " " || $0 == "_" }.replacing(" ", with: "-")
    }
  }
}
