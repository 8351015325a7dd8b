import Platform
import TestSupport
import Testing

/// The pages lead to each other.
@Suite(.ownThread) struct LinkTests {
  private static let root = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
  private static let pages =
    ["README.md"]
    + FileWalk.files(under: "\(root)/docs", suffix: ".md").map { String($0.dropFirst(root.count + 1)) }

  @Test("Links between pages lead to a page and a heading that is there", arguments: pages)
  func links(page: String) throws {
    for link in try Self.text(of: page).links where !link.hasPrefix("http") {
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let target = parts[0].isEmpty ? page : Self.path(parts[0], from: page)
      let text = try? Self.text(of: target)
      #expect(text != nil, "\(page) links to \(link)")
      guard parts.count == 2, let text else { continue }
      #expect(text.headings.contains(parts[1]), "\(page) links to \(link)")
    }
  }

  @Test("A long page begins with its contents", arguments: pages.filter { !$0.hasPrefix("docs/commands") })
  func contents(page: String) throws {
    let text = try Self.text(of: page)
    let chapters = text.withoutBlocks.split(separator: "\n").filter { $0.hasPrefix("## ") }.joined(separator: "\n")
    guard text.split(separator: "\n", omittingEmptySubsequences: false).count > 160 else { return }
    for chapter in chapters.headings { #expect(text.links.contains("#\(chapter)"), "\(page)") }
  }

  /// Where a link leads, from the top folder.
  private static func path(_ link: String, from page: String) -> String {
    var folders = page.split(separator: "/").dropLast()
    for part in link.split(separator: "/") {
      if part == ".." { folders = folders.dropLast() } else { folders.append(part) }
    }
    return folders.joined(separator: "/")
  }

  private static func text(of page: String) throws -> String {
    String(decoding: try FileWalk.bytes(of: "\(root)/\(page)"), as: UTF8.self)
  }
}

extension String {
  /// A Markdown text without its blocks of code.
  fileprivate var withoutBlocks: String {
    let parts = split(separator: "\n```", omittingEmptySubsequences: false)
    return parts.enumerated().filter { $0.offset.isMultiple(of: 2) }.map { String($0.element) }.joined()
  }

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
