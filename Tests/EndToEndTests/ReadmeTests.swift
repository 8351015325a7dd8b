import Platform
import TestSupport
import Testing
import TextFormats

/// What the README tells people to type works as it stands there.
@Suite(.ownThread) struct ReadmeTests {
  static let root = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()

  /// The README and the pages in `docs`.
  private static func pages() throws -> [String] {
    try (["\(root)/README.md"] + FileWalk.files(under: "\(root)/docs", suffix: ".md")).map { path in
      try String(decoding: Files.read(path, limit: 1 << 20), as: UTF8.self)
    }
  }

  /// The code blocks in one language, those of the README and of the pages in `docs`.
  private static func blocks(_ language: String) throws -> [String] {
    try pages().flatMap { blocks(language, in: $0) }
  }

  static func blocks(_ language: String, in text: String) -> [String] {
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

  private static let serviceAccount = #"{"account_id":1234567,"key_id":"k","private_key":"none"}"#

  /// A sandbox whose folder has what the pages speak of.
  private func withFixture(_ body: (TestSandbox) throws -> Void) throws {
    try withSandbox { sandbox in
      try Fixture.write(to: sandbox, docs: "\(Self.root)/docs")
      try body(sandbox)
    }
  }

  /// A sandbox to be started runs until it is ended, once it is there.
  private func script(_ block: String) -> String {
    guard block.hasPrefix("sms sandbox ") else { return "set -e\n\(Fixture.preamble(of: block))\(block)" }
    return """
      \(block) >serving &
      until grep -q listening serving; do kill -0 $! || exit 1; sleep 0.05; done
      kill $!
      wait $!
      [ $? -eq 143 ]
      """
  }

  @Test(
    "The shell examples of README, docs and help run", .needs("jq"),
    arguments: try blocks("sh"))
  func shell(block: String) throws {
    try withFixture { sandbox in
      let run = try sandbox.tool.shell(script(block))
      #expect(run.code == 0, "\(block)\n\(run.stderr)")
      #expect(!run.said.contains("sms: "), "\(block)\n\(run.stderr)")
    }
  }

  /// The transcripts, but those about building this. Those of getting started are one session, the others one each.
  private static func sessions() throws -> [[Transcript]] {
    try pages().flatMap { page in
      let transcripts = blocks("console", in: page).map(Transcript.init).filter { !$0.isAboutBuilding }
      // The README starts the same sandbox; here it would take the place of the one that runs.
      return page.hasPrefix("# Getting started\n")
        ? [transcripts.filter { !$0.startsSandbox }] : transcripts.map { [$0] }
    }
  }

  @Test("What the transcripts show is what happens", .needs("jq"), arguments: try sessions())
  func session(_ transcripts: [Transcript]) throws {
    try withFixture { sandbox in
      for transcript in transcripts { try check(transcript, in: sandbox) }
    }
  }

  private func check(_ transcript: Transcript, in sandbox: TestSandbox) throws {
    let terminal = try PseudoTerminal()
    try terminal.resize(columns: 132)
    let commands = script(transcript.commands.joined(separator: "\n"))
    let run = try sandbox.tool.shell("export NO_COLOR=1; exec >'\(terminal.path)'\n\(commands)")
    let shown = try terminal.shown().replacing("\r\n", with: "\n")
    #expect(transcript.showsError == (run.code != 0), "\(transcript.commands)\n\(run.stderr)")
    for line in transcript.lasting {
      #expect("\n\(shown)\n\(run.stderr)".contains("\n\(line)\n"), "\(transcript.commands)\n\(shown)\(run.stderr)")
    }
  }

  @Test("Cron lines run, and say nothing when all is well")
  func cron() throws {
    let lines = try Self.blocks("crontab").flatMap { $0.split(separator: "\n") }.map(String.init)
    #expect(!lines.isEmpty)
    try withFixture { sandbox in
      for line in lines where line.first?.isLetter == false {
        let command = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)[5]
        #expect(!command.replacing("\\%", with: "").contains("%"), "cron takes a % for the end of the command")
        let run = try sandbox.tool.shell(String(command.replacing("\\%", with: "%")))
        #expect(run.code == 0 && run.stdout.isEmpty && run.stderr.isEmpty, "\(run.stderr)")
      }
      let accepted = try sandbox.log().count
      let recorded = try parseLines(try Files.read("\(sandbox.folder)/monday.jsonl", limit: 1 << 20))
      #expect(recorded.count == 3 && accepted == 4, "a job of one name, and a message of one key, are sent once")
    }
  }

  @Test("Its configurations pass the check", arguments: try blocks("toml"))
  func configurations(block: String) throws {
    try withTemporaryFolder { folder in
      let tool = Tool(folder: folder)
      // Every secret that a file is named for is there.
      try Files.makeFolders("\(folder)/.secrets")
      for line in block.split(separator: "\n") where line.contains("_file = ") || line.contains("service_account = ") {
        let name = line.split(separator: "\"")[1].replacing("~/", with: "")
        let text = line.contains("service_account") ? Self.serviceAccount : "key"
        try Files.replace("\(folder)/\(name)", Array(text.utf8))
      }
      let run = try tool.run(["config", "check", "-"], input: Array(block.utf8))
      #expect(run.code == 0 && run.stderr.isEmpty, "\(run.stderr)")
    }
  }

  @Test("The picture shows a session of today; 'make picture' draws it anew", .needs("script"), .needs("awk"))
  func picture() throws {
    let committed = try String(decoding: Files.read("\(Self.root)/docs/session.svg", limit: 1 << 20), as: UTF8.self)
    try withTemporaryFolder { folder in
      let run = try Tool(folder: folder).shell(
        "exec sh \"$1\" \"$2\"", ["\(Self.root)/docs/examples/picture.sh", Tool.path])
      // How long it took, and how long ago, differs each time.
      let drawings = [committed, run.text].map { drawing in
        drawing.split(separator: "\n").filter { !$0.contains(" finished ") }.joined(separator: "\n")
          .filter { !("0"..."9").contains($0) && $0 != "." }
      }
      #expect(drawings[0] == drawings[1], "\(run.stderr)")
    }
  }

  @Test("The demo shows every provider's list, as a table and as JSON")
  func demo() throws {
    try withTemporaryFolder { folder in
      let run = try Tool(folder: folder).shell(
        "exec sh \"$1\" \"$2\"", ["\(Self.root)/docs/examples/demo.sh", Tool.path])
      #expect(run.code == 0, "\(run.stderr)")
      for provider in Provider.allCases {
        #expect(run.text.contains("== \(provider.rawValue): sms bulk list.csv --output json"))
      }
      #expect(run.text.split(separator: "\n").count { $0.contains("\"to\": \"+15550100003\"") } == 5)
    }
  }
}

/// A session at a terminal, as a page shows it: commands behind `$`, and what they printed.
struct Transcript: CustomStringConvertible, Sendable {
  var commands: [String] = []
  var output: [String] = []

  init(_ text: String) {
    var isContinued = false
    for line in text.split(separator: "\n").map(String.init) {
      if isContinued {
        commands[commands.count - 1] += "\n\(line)"
      } else if line.hasPrefix("$ ") {
        commands.append(String(line.dropFirst(2)))
      } else {
        output.append(line)
      }
      isContinued = line.hasSuffix("\\") && (isContinued || line.hasPrefix("$ "))
    }
  }

  var description: String { commands.joined(separator: "; ") }

  var isAboutBuilding: Bool { commands.contains { $0.hasPrefix("make ") || $0.contains("swift ") } }

  var startsSandbox: Bool { commands.first?.hasPrefix("sms sandbox ") == true }

  /// Whether it ends with an error.
  var showsError: Bool { output.contains { $0.hasPrefix("sms: ") || $0.hasPrefix("{\"error\"") } }

  /// What is printed each time: no ports, no times, nothing that the page cuts.
  var lasting: [String] {
    output.filter { line in !["127.0.0.1:", "/s)", "…", " finished "].contains { line.contains($0) } }
  }
}
