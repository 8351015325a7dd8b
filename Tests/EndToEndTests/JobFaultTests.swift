import Sandbox
import TestSupport
import Testing
import TextFormats

/// A job with a provider that goes on failing, run again until it is over; what the provider took is the judge.
@Suite(.ownThread) struct JobFaultTests {
  private static let numbers = phoneNumbers(12)
  private static let probability = 0.3
  private static let mostRuns = 20

  /// A job at a sandbox of its own.
  private struct Subject {
    var kind: FaultKind
    var sandbox: TestSandbox
    var provider: Provider
    /// How the last run ended; nil before the first.
    var code: Int32?

    /// Whether the provider tells what it has, texts included.
    var canReconcile: Bool { [.vpixelpro, .sendapp, .voximplant].contains(provider) }

    /// Whether another run would change nothing, as far as can be told.
    var isOver: Bool { code == 0 || !canReconcile && code == 6 }

    func start() throws -> RunningTool {
      let job = code == nil ? ["list.csv", "--job", "spring"] : ["--resume", "spring"]
      let reconcile = canReconcile && code != nil ? ["--reconcile", "--settle", "1s"] : []
      let options = ["--batch", "3", "--concurrency", "2", "--retries", "1", "-q", "-o", "jsonl"]
      // A whole reply takes some seconds where it trickles.
      let timeout = kind == .hang ? ["--timeout", "1s"] : []
      var tool = sandbox.tool
      tool.variables["SMS_STORE_BODY"] = "true"
      return try RunningTool(
        tool, ["-p", provider.rawValue, "bulk"] + job + reconcile + options + timeout)
    }
  }

  @Test(
    "Whatever strikes, again and again: nobody gets it twice, nobody is lost, and the ledger tells the truth; seed printed",
    arguments: Provider.allCases)
  func untilOver(provider: Provider) throws {
    let seed: UInt64 = 21
    print("seed of \(provider.rawValue): \(seed)")
    try withSandboxes(FaultKind.allCases[...], seed: seed) { sandboxes in
      var subjects = sandboxes.map { Subject(kind: $0, sandbox: $1, provider: provider) }
      for subject in subjects { try subject.sandbox.writeList(Self.numbers) }
      for _ in 0..<Self.mostRuns where subjects.contains(where: { !$0.isOver }) {
        // All at the same time: a run that asks the provider first waits until what may be under way has arrived.
        let running = try subjects.map { $0.isOver ? nil : try $0.start() }
        for index in subjects.indices {
          if let run = try running[index]?.end() { subjects[index].code = run.code }
          try check(subjects[index])
        }
      }
      for subject in subjects {
        #expect(subject.isOver, "\(subject.kind) still ends with \(subject.code ?? -1)")
        if subject.canReconcile { #expect(try subject.sandbox.accepted().sorted() == Self.numbers, "\(subject.kind)") }
      }
    }
  }

  /// Nobody has it twice, and each row is where the ledger says.
  private func check(_ subject: Subject) throws {
    let name = "\(subject.provider) \(subject.kind) \(subject.code ?? -1)"
    let accepted = try subject.sandbox.accepted()
    #expect(Set(accepted).count == accepted.count, "\(name)")
    #expect([0, 5, 6].contains(subject.code), "\(name)")
    let statuses = try subject.sandbox.statuses(ofJob: "spring")
    #expect(Set(statuses.keys) == Set(Self.numbers), "\(name)")
    for (number, status) in statuses {
      switch status {
      case "planned": #expect(!accepted.contains(number), "\(name): \(number) would be sent again")
      case "unknown": break
      default: #expect(accepted.contains(number), "\(name): \(number) is \(status) and was never taken")
      }
    }
    let job = try subject.sandbox.job("spring")
    let words = statuses.values
    #expect(job["unknown"]?.int == words.count { $0 == "unknown" }, "\(name)")
    #expect(job["pending"]?.int == words.count { $0 == "planned" }, "\(name)")
    #expect(job["accepted"]?.int == words.count { !["planned", "unknown"].contains($0) }, "\(name)")
  }

  /// A sandbox for each kind of fault, which strikes now and then.
  private func withSandboxes(
    _ kinds: ArraySlice<FaultKind>, seed: UInt64, _ body: ([(FaultKind, TestSandbox)]) throws -> Void
  ) throws {
    guard let kind = kinds.first else { return try body([]) }
    try withSandbox(faults: [Fault(kind, probability: Self.probability)], seed: seed) { sandbox in
      try withSandboxes(kinds.dropFirst(), seed: seed) { try body([(kind, sandbox)] + $0) }
    }
  }
}
