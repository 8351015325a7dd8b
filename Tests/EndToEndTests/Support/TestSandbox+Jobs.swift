import Platform
import Testing
import TextFormats

/// Numbers that count up from +15550100000.
func phoneNumbers(_ count: Int) -> [String] {
  (0..<count).map { "+1555010\(String(10_000 + $0).dropFirst())" }
}

extension TestSandbox {
  /// Writes `list.csv`, a text of its own for each number.
  func writeList(_ numbers: [String]) throws {
    try write("list.csv", "to,message\n" + numbers.map { "\($0),Hello \($0)\n" }.joined())
  }

  /// The numbers that the provider took messages for, in its order.
  func accepted() throws -> [String] { try log().map(\.to) }

  /// The status of each row of a job by its number, as `sms log` says.
  func statuses(ofJob job: String) throws -> [String: String] {
    let run = try tool.run("log", "--job", job, "-o", "jsonl")
    #expect(run.code == 0, "\(run.stderr)")
    let records = try run.lines()
    #expect(records.compactMap { $0["row"]?.int } == Array(1..<records.count + 1), "every row, in order")
    return Dictionary(zip(records.texts("to"), records.texts("status"))) { first, _ in first }
  }

  /// What `sms jobs` says of a job.
  func job(_ name: String) throws -> JSONValue {
    try #require(try tool.run("jobs", "--job", name, "-o", "json").records().first)
  }
}
