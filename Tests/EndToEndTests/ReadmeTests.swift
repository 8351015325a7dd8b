import Platform
import TestSupport
import Testing
import TextFormats

/// What the README tells people to type works as it stands there.
@Suite struct ReadmeTests {
  private static let root = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()

  /// The code blocks of the README in one language.
  private static func blocks(_ language: String) throws -> [String] {
    let text = try String(utf8: Files.read("\(root)/README.md", limit: 1 << 20))
    var blocks: [String] = []
    var rest = text[...]
    while let opening = rest.firstRange(of: "\n```\(language)\n") {
      rest = rest[opening.upperBound...]
      guard let closing = rest.firstRange(of: "\n```") else { break }
      blocks.append(String(rest[..<closing.lowerBound]))
      rest = rest[closing.upperBound...]
    }
    return blocks
  }

  /// Whether a program is there.
  private static func has(_ program: String) -> Bool {
    (try? Subprocess.run([program, "--version"], timeout: .seconds(10))) != nil
  }

  /// A sandbox whose folder has the list that the README speaks of.
  private func withList(_ body: (TestSandbox) throws -> Void) throws {
    try withSandbox { sandbox in
      try sandbox.write(
        "list.csv", "number,name,time,message\n+15550100001,Ada,,Hello Ada\n+15550100002,Grace,5 pm,Hello Grace\n")
      try body(sandbox)
    }
  }

  @Test("Its shell examples run", .enabled(if: has("jq"), "jq is not installed"), arguments: try blocks("sh"))
  func shell(block: String) throws {
    try withList { sandbox in
      let run = try sandbox.tool.shell("set -eu\n\(block)\n")
      #expect(run.code == 0, "\(block)\n\(run.stderr)")
      #expect(!run.stderr.contains("sms: "), "\(run.stderr)")
    }
  }

  @Test("Its cron line runs, and says nothing when all is well")
  func cron() throws {
    let lines = try Self.blocks("cron").flatMap { $0.split(separator: "\n") }.map(String.init)
    #expect(!lines.isEmpty)
    try withList { sandbox in
      try sandbox.write("monday.csv", Files.read("\(sandbox.folder)/list.csv", limit: 1 << 20))
      for line in lines where line.first?.isLetter == false {
        let command = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)[5]
        let run = try sandbox.tool.shell(String(command))
        #expect(run.code == 0 && run.stdout.isEmpty && run.stderr.isEmpty, "\(run.stderr)")
        #expect(!command.contains("%"), "cron takes a % for the end of the command")
      }
      #expect(try sandbox.log().count == 2)
      #expect(try parseLines(try Files.read("\(sandbox.folder)/monday.jsonl", limit: 1 << 20)).count == 2)
    }
  }

  @Test("Its configurations pass the check", arguments: try blocks("toml"))
  func configurations(block: String) throws {
    try withTemporaryFolder { folder in
      let tool = Tool(folder: folder, variables: ["VOIP_KEY": "k", "VOIP_PASSWORD": "p"])
      try Files.makeFolders("\(folder)/.secrets")
      for name in ["voximplant", "smsit"] { try Files.replace("\(folder)/.secrets/\(name)", Array("key".utf8)) }
      let run = try tool.run(["config", "check", "-"], input: Array(block.utf8))
      #expect(run.code == 0 && run.stderr.isEmpty, "\(run.stderr)")
    }
  }

  @Test("The demo shows every provider's list, as a table and as JSON")
  func demo() throws {
    try withTemporaryFolder { folder in
      let run = try Tool(folder: folder).shell("exec sh \"$1\" \"$2\"", ["\(Self.root)/docs/examples/demo.sh", Tool.path])
      #expect(run.code == 0, "\(run.stderr)")
      for provider in Provider.allCases {
        #expect(run.text.contains("== \(provider.rawValue): sms bulk list.csv --output json"))
      }
      #expect(run.text.split(separator: "\n").count { $0.contains("\"to\": \"+15550100003\"") } == 5)
    }
  }
}
