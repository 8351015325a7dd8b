import Platform
import TestSupport
import Testing

/// The recipes work as they stand: each page ends with a script, hidden from readers, that runs what it shows.
///
/// The files that a page names before a block lie in the current folder, under the last part of their names. Where the
/// program that a recipe is about is installed, or unpacked by `make recipe-tools`, it runs; otherwise the script does
/// what that program's documentation says.
@Suite(.ownThread) struct RecipeTests {
  private static let folder = "\(ReadmeTests.root)/docs/recipes"
  private static let recipes = FileWalk.files(under: folder, suffix: ".md")
    .map { String($0.dropFirst(folder.count + 1).dropLast(3)) }.filter { $0 != "index" }

  /// `sent N TEXT`: so many texts were sent, and TEXT stands in one of them.
  private static let preamble = #"""
    set -e
    count() { grep -c . "$HOME/log.jsonl" 2>/dev/null || :; }
    sent() {
      [ "$(count)" = "$1" ] || { echo "$(count) texts, not $1" >&2; exit 1; }
      [ -z "${2-}" ] || case $(jq -r .body "$HOME/log.jsonl") in
        *"$2"*) ;;
        *) cat "$HOME/log.jsonl" >&2; exit 1 ;;
      esac
    }

    """#

  @Test("What a recipe shows is what happens", .needs("jq"), .needs("openssl"), arguments: recipes)
  func recipe(name: String) throws {
    let page = try String(decoding: Files.read("\(Self.folder)/\(name).md", limit: 1 << 20), as: UTF8.self)
    let script = try #require(page.textBetween("<!-- test\n", "\n-->"), "the recipe has a test")
    try withSandbox { sandbox in
      try Fixture.write(to: sandbox, docs: "\(ReadmeTests.root)/docs")
      let folder = "\(sandbox.folder)/recipe"
      try Files.makeFolders(folder)
      for file in page.namedFiles { try sandbox.write("recipe/\(file.name)", file.text) }
      var tool = sandbox.tool
      tool.variables = try variables(of: sandbox, folder)
      let run = try tool.shell(
        "cd recipe; for f in *; do case $(head -n 1 \"$f\") in '#!'*) chmod +x \"$f\" ;; esac; done\n"
          + Self.preamble + script)
      #expect(run.code == 0, "\(run.text)\n\(run.stderr)")
    }
  }

  private func variables(of sandbox: TestSandbox, _ folder: String) throws -> [String: String] {
    let tools = "\(ReadmeTests.root)/.build/recipe-tools"
    let places =
      [folder, String(Tool.path.dropLast("/sms".count))] + ["usr/bin", "usr/sbin", "sbin"].map { "\(tools)/\($0)" }
    let configuration = try String(
      decoding: Files.read("\(sandbox.folder)/sandbox.toml", limit: 1 << 20), as: UTF8.self)
    return [
      "SMS_CONFIG": "\(sandbox.folder)/sandbox.toml", "TOOLS": tools,
      "EXAMPLES": "\(ReadmeTests.root)/docs/examples",
      "PATH": (places + ["/usr/sbin", "/usr/bin", "/sbin", "/bin"]).joined(separator: ":"),
      "KEY": configuration.textBetween("key = \"", "\"") ?? "",
      "BASE_URL": "http://127.0.0.1:\(sandbox.port)/vpixelpro",
    ]
  }
}

extension String {
  /// What stands between the first of these and the next of those.
  fileprivate func textBetween(_ start: String, _ end: String) -> String? {
    guard let start = firstRange(of: start), let end = self[start.upperBound...].firstRange(of: end) else { return nil }
    return String(self[start.upperBound..<end.lowerBound])
  }

  /// The blocks that stand behind a line such as "`/etc/file`:".
  fileprivate var namedFiles: [(name: String, text: String)] {
    let parts = split(separator: "\n```", omittingEmptySubsequences: false)
    return zip(parts, parts.dropFirst()).enumerated().compactMap { index, pair in
      // Blocks are every other part; each begins with the rest of the line of its fence.
      guard index.isMultiple(of: 2), let line = pair.0.split(separator: "\n").last, line.hasPrefix("`"),
        line.hasSuffix("`:")
      else { return nil }
      let path = line.dropFirst().dropLast(2)
      let text = pair.1.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).last ?? ""
      return (String(path.split(separator: "/").last ?? path), "\(text)\n")
    }
  }
}
