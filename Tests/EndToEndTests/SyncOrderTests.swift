import Platform
import TestSupport
import Testing
import TextFormats

/// What is on the disk before a byte of a message leaves, and before a word about it is printed.
@Suite(.ownThread) struct SyncOrderTests {
  private static let numbers = phoneNumbers(6)
  private static let statuses = ["planned", "sending", "accepted", "queued", "sent", "failed", "unknown"]

  @Test(
    "'sending' is on the disk before the request leaves, and the outcome before it is printed",
    .enabled(if: SystemCallTrace.isPossible, "strace is not installed, or may not trace"), arguments: ["bulk", "send"],
    Provider.allCases)
  func order(command: String, provider: Provider) throws {
    try withSandbox { sandbox in
      let trace = try trace(command, provider, sandbox)
      #expect(try sandbox.accepted().sorted() == Self.numbers)
      // What the file holds for sure: numbers, each with the statuses that were noted for it.
      var (written, durable) = (Set<String>(), Set<String>())
      var (sent, printed) = (Set<String>(), Set<String>())
      var folders: Set<Substring> = []
      for call in trace.calls {
        if call.name == "fsync" { folders.insert(call.target) }
        if call.isToLedger, call.waitsForDisk {
          durable.formUnion(written)
        } else if call.isToLedger {
          written.formUnion(notes(in: call))
        } else if call.isToNetwork {
          for number in Self.numbers where call.arguments.contains(number.dropFirst()) {
            sent.insert(number)
            #expect(folders.contains { $0.hasSuffix("/.local/state") }, "a new folder is on the disk, too")
            #expect(durable.contains("\(number) sending"), "\(call.arguments.prefix(300))")
          }
        } else if call.isToOutput {
          for record in records(in: call) {
            printed.insert(record)
            #expect(durable.contains(record), "\(call.arguments.prefix(300))")
          }
        }
      }
      #expect(sent == Set(Self.numbers) && printed.count == Self.numbers.count)
    }
  }

  @Test(
    "A send waits for the disk twice: before its request leaves, and before its outcome is printed",
    .enabled(if: SystemCallTrace.isPossible, "strace is not installed, or may not trace"))
  func twice() throws {
    try withSandbox { sandbox in
      let send = "sms -p sendapp -q send +15550100001 Hello >out"
      let run = try sandbox.tool.shell("\(send) && \(SystemCallTrace.command(file: "trace")) \(send) && cat trace")
      #expect(run.code == 0, "\(run.stderr)")
      let waits = SystemCallTrace(run.text).calls.filter { ["fsync", "fdatasync"].contains($0.name) }
      #expect(waits.count == 2, "\(waits)")
    }
  }

  /// Sends to all numbers, to each a text with the number in it where the command can.
  private func trace(_ command: String, _ provider: Provider, _ sandbox: TestSandbox) throws -> SystemCallTrace {
    let tracing = SystemCallTrace.command(file: "trace") + " sms -p \(provider.rawValue) -o jsonl -q"
    var runs = ["\(tracing) bulk list.csv --job spring --batch 2 --concurrency 2 >out"]
    if command == "send" {
      runs = Self.numbers.enumerated().map { index, number in
        tracing.replacing("-o trace", with: "-o trace\(index)") + " send \(number) 'Hello \(number)' >out"
      }
    } else {
      try sandbox.writeList(Self.numbers)
    }
    let run = try sandbox.tool.shell(runs.joined(separator: " && ") + " && cat trace*")
    #expect(run.code == 0, "\(run.stderr)")
    return SystemCallTrace(run.text)
  }

  /// The statuses of rows in a page of the ledger: the number, the text, perhaps the sender, the status.
  private func notes(in call: SystemCallTrace.Call) -> [String] {
    let parts = call.arguments.split(separator: "Hello ", omittingEmptySubsequences: false)
    return zip(parts, parts.dropFirst()).compactMap { before, after in
      let number = after.prefix(12)
      guard before.hasSuffix(number) else { return nil }
      let rest = after.dropFirst(12)
      let status = Self.statuses.first { rest.hasPrefix($0) || rest.hasPrefix("+") && rest.dropFirst(12).hasPrefix($0) }
      return status.map { "\(number) \($0)" }
    }
  }

  /// The numbers that are printed, each with its status.
  private func records(in call: SystemCallTrace.Call) -> [String] {
    call.arguments.split(separator: #"\"to\":\""#).dropFirst().compactMap { text in
      let status = text.split(separator: #"\"status\":\""#).dropFirst().first?.prefix { $0 != "\\" }
      return status.map { "\(text.prefix(12)) \($0)" }
    }
  }
}
