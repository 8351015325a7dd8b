import Platform
import TestSupport
import Testing

/// What the pages say about running a job over several machines, run as it stands there.
@Suite(.ownThread) struct ShardRecipeTests {
  private static let docs = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/docs"
  private static let numbers = phoneNumbers(60)

  private static func text(_ name: String) throws -> String {
    try String(decoding: Files.read("\(docs)/\(name)", limit: 1 << 20), as: UTF8.self)
  }

  /// Another program of that name comes with moreutils.
  private static let hasGNUParallel: Bool = {
    let run = try? Subprocess.run(["parallel", "--version"], timeout: .seconds(10))
    return run.map { String(decoding: $0.stdout, as: UTF8.self).hasPrefix("GNU parallel") } ?? false
  }()

  /// Runs a script twice, and has each number get its message in the first run.
  private func check(_ script: String, list: String = "list.csv") throws {
    try withSandbox { sandbox in
      try Files.makeFolders("\(sandbox.folder)/lists")
      try sandbox.writeList(Self.numbers)
      if list != "list.csv" { _ = try sandbox.tool.shell("mv list.csv \(list)") }
      for _ in 0..<2 {
        let run = try sandbox.tool.shell(script)
        #expect(run.code == 0, "\(run.stderr)")
        let accepted = try sandbox.accepted()
        #expect(accepted.sorted() == Self.numbers)
      }
    }
  }

  @Test("GNU parallel over four shards", .enabled(if: hasGNUParallel, "GNU parallel is not installed"))
  func parallel() throws {
    let line = try #require(try Self.text("bulk.md").split(separator: "\n").first { $0.hasPrefix("parallel ") })
    try check("\(line)")
  }

  @Test("The tasks of the Slurm array")
  func slurm() throws {
    try check("for task in 1 2 3 4; do SLURM_ARRAY_TASK_ID=$task sh \(Self.docs)/examples/array.sbatch || exit; done")
  }

  @Test("The containers of the Kubernetes job")
  func kubernetes() throws {
    let lines = try Self.text("examples/indexed-job.yaml").split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.hasSuffix("- |") })
    let indentation = lines[start + 1].prefix { $0 == " " }
    let command = lines[(start + 1)...].prefix { $0.hasPrefix(indentation) }.joined(separator: "\n")
    try check(
      "for index in 0 1 2 3; do (export JOB_COMPLETION_INDEX=$index\n\(command)\n) || exit; done",
      list: "lists/list.csv")
  }
}
