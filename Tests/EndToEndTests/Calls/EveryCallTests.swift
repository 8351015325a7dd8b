import Sandbox
import TestSupport
import Testing
import TextFormats

/// What holds for every call of every provider alike.
@Suite(.ownThread) struct EveryCallTests {
  @Test("Every provider that can, does; its records have the contract's shape and fields", arguments: CallCase.all)
  func records(call: CallCase) throws {
    for provider in call.providers {
      try withSandbox { sandbox in
        for line in call.before { #expect(try sandbox.run(provider, line).code == 0) }
        let run = try sandbox.run(provider, call.anyLine(for: provider) + ["-o", "json"])
        #expect(run.code == call.exitCode, "\(provider): \(run.stderr)")
        #expect(run.complaints.allSatisfy { $0.hasPrefix("to see the results: sms status --group ") })
        switch call.shape {
        case .array: #expect(Set(try run.records().map(\.names)) == [call.fields])
        case .object: #expect(try run.json().names == call.fields)
        }
        let lines = try sandbox.run(provider, call.anyLine(for: provider) + ["-o", "jsonl", "--raw"])
        for record in lines.code == 0 ? try lines.lines() : [] { #expect(record.names == call.fields + ["raw"]) }
      }
    }
  }

  @Test("Wrong credentials are exit 4, with one line that says so", arguments: CallCase.typical)
  func credentials(call: CallCase) throws {
    for provider in call.providers {
      try withSandbox { sandbox in
        let run = try sandbox.run(
          provider, call.anyLine(for: provider) + ["-o", "json"], variables: [provider.keyVariable: "wrong"])
        #expect(run.code == 4, "\(provider): \(run.stderr)")
        let error = try JSONValue(parsing: Array(run.stderr.utf8))["error"]
        #expect(error?.values("kind", "provider") == ["credentials", .string(provider.rawValue)])
        #expect(try sandbox.log().isEmpty)
      }
    }
  }

  @Test("What a provider lacks is exit 7, names the profiles that can, and asks nothing", arguments: CallCase.all)
  func unsupported(call: CallCase) throws {
    let server = try ScriptedServer { _ in [.read, .reset] }
    try withTemporaryFolder { folder in
      let tool = try Tool(folder: folder, profilesAt: server.url)
      // What a group is, SMS-iT alone doesn't know; every other provider does.
      for provider in Provider.allCases where call.lines[provider] == nil && call.fields.first != "group_id" {
        let run = try tool.run(["-p", provider.rawValue] + call.anyLine(for: provider))
        #expect(run.code == 7, "\(provider): \(run.stderr)")
        #expect(run.stdout.isEmpty)
        let capable = call.providers.map(\.rawValue).joined(separator: ", ")
        #expect(run.complaints.last == "hint: profiles that support it: \(capable)")
      }
    }
    #expect(server.connections == 0)
  }

  /// A fault, with what a question exits with, and what an order does.
  static let faults: [(kind: FaultKind, question: Int32, order: Int32)] = [
    (.dropBefore, 1, 6), (.dropAfter, 1, 6), (.http500, 1, 6), (.garbage, 1, 6), (.truncate, 1, 6), (.hang, 5, 6),
    (.http429, 5, 5), (.http503, 5, 5),
  ]

  @Test(
    "A question without a trustworthy answer is a failure, an order without one is unknown",
    arguments: CallCase.typical, faults.map(\.kind))
  func fault(call: CallCase, kind: FaultKind) throws {
    try check(call, kind)
  }

  @Test("Garbage is no answer to any call", arguments: CallCase.all)
  func garbage(call: CallCase) throws {
    try check(call, .garbage)
  }

  private func check(_ call: CallCase, _ kind: FaultKind) throws {
    let fault = try #require(Self.faults.first { $0.kind == kind })
    for provider in call.providers {
      try withSandbox(faults: [Fault(kind)]) { sandbox in
        let timeout = kind == .hang ? "300ms" : "20s"
        let run = try sandbox.run(
          provider, call.anyLine(for: provider) + ["-o", "json", "--retries", "0", "--timeout", timeout])
        #expect(run.code == (call.sends ? fault.order : fault.question), "\(provider): \(run.stderr)")
        #expect(run.problems.count == 1)
        #expect(try JSONValue(parsing: Array(run.stderr.utf8))["error"]?["provider"] == .string(provider.rawValue))
        guard call.sends, call.shape == .array else { return #expect(run.stdout.isEmpty) }
        #expect(Set(try run.records().texts("status")) == [fault.order == 6 ? "unknown" : "planned"])
      }
    }
  }
}
