import Application
import Delivery
import HTTPTransport
import Ledger
import Messaging
import Platform
import Synchronization
import TestSupport
import Testing
import TextFormats

@testable import Commands

/// A world in memory for one command; whatever a test did not put there fails the test when it is asked for.
final class World: Sendable {
  struct File: Sendable {
    var bytes: [UInt8]
    var mode: UInt32 = 0o600
    var kind = FileStatus.Kind.file
  }

  private let files: Mutex<[String: File]>
  private let input: Mutex<[[UInt8]]>
  private let output = Mutex<[UInt8]>([])
  private let errors = Mutex<[UInt8]>([])
  /// Nil for a world that must not be examined.
  private let diagnostics: Diagnostics?
  /// Nil for a world without a network.
  private let network: ScriptedNetwork?
  private let time = Mutex<Duration>(.zero)
  /// A signal, and the request that it comes with, counted from 1; 0 for before the first. Nil for none.
  private let signal: (number: Int32, request: Int)?
  /// On the disk, as SQLite wants it; made when something is to be recorded.
  private let state = Mutex<TemporaryFolder?>(nil)

  /// `files` by path, all private; `input` comes in the pieces given; `answers` are given to requests in that order.
  convenience init(
    files: [String: String] = [:], input: [String] = [], answers: [ScriptedNetwork.Answer]? = nil,
    diagnostics: Diagnostics? = nil, signal: (number: Int32, request: Int)? = nil
  ) {
    self.init(
      files: files, input: input, network: answers.map { ScriptedNetwork($0) }, diagnostics: diagnostics, signal: signal
    )
  }

  /// The same with a network that may make up its answers.
  init(
    files: [String: String] = [:], input: [String] = [], network: ScriptedNetwork?, diagnostics: Diagnostics? = nil,
    signal: (number: Int32, request: Int)? = nil
  ) {
    self.signal = signal
    self.diagnostics = diagnostics
    self.network = network
    self.files = Mutex(files.mapValues { File(bytes: Array($0.utf8)) })
    self.input = Mutex(input.map { Array($0.utf8) })
  }

  func put(_ path: String, _ bytes: [UInt8], mode: UInt32 = 0o600) {
    files.withLock { $0[path] = File(bytes: bytes, mode: mode) }
  }

  /// Puts more on standard input, as a piece of its own.
  func type(_ text: String) {
    input.withLock { $0.append(Array(text.utf8)) }
  }

  /// Puts an empty folder there, for its owner alone.
  func putFolder(_ path: String) {
    files.withLock { $0[path] = File(bytes: [], mode: 0o700, kind: .folder) }
  }

  /// The text of a file that a command wrote.
  func text(of path: String) -> String? {
    files.withLock { $0[path] }.map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  var printed: String { String(decoding: output.withLock { $0 }, as: UTF8.self) }
  var complained: String { String(decoding: errors.withLock { $0 }, as: UTF8.self) }

  /// The requests that left, as `path?form`, both as they were written.
  var requests: [String] { network?.requests ?? [] }
  /// The most requests that were under way at once.
  var mostAtOnce: Int { network?.mostAtOnce ?? 0 }
  /// How much time passed.
  var elapsed: Duration { time.withLock { $0 } }

  /// The moment it is at first: 2026-03-01T09:00:00Z.
  static let now = Timestamp(unixSeconds: 1_772_355_600)

  private let skipped = Mutex<Int64>(0)

  private var now: Timestamp { Self.now.adding(seconds: skipped.withLock { $0 }) }

  /// Makes it later, between two commands.
  func skip(seconds: Int64) { skipped.withLock { $0 += seconds } }

  func environment(_ variables: [String: String] = ["HOME": "/home/ada"]) -> Environment {
    var environment = Environment(
      variables: variables, now: { [self] in now },
      timeZone: { name in name == nil || name == "UTC" ? .utc : nil },
      files: fileAccess, streams: streams, terminal: TerminalState(),
      runShell: { (command, _, _) throws(SubprocessError) in
        Issue.record("the command '\(command)' was run")
        throw .timedOut
      },
      makeTransport: { [self] _ in
        if let network { return ScriptedTransport(network) }
        Issue.record("a connection was opened")
        return NoTransport()
      },
      pause: { [self] duration, _ in
        if network == nil { Issue.record("time passed") }
        time.withLock { $0 += duration }
      },
      openLedger: { [self] (_) throws(LedgerError) in try ledger() },
      watchSignals: { [self] () throws(SystemError) in
        if network == nil { Issue.record("signals were watched") }
        return StopSignal(descriptor: FileDescriptor(rawValue: -1)) { [self] in
          signal.flatMap { requests.count >= $0.request ? $0.number : nil }
        }
      },
      startPager: { (command) throws(SystemError) in
        Issue.record("the pager '\(command)' was started")
        throw SystemError(code: 2, operation: "posix_spawn")
      },
      diagnostics: diagnostics ?? .none)
    environment.clock = { [self] in elapsed }
    return environment
  }

  /// Runs a command line; the result is the exit code.
  func run(_ arguments: String..., variables: [String: String] = ["HOME": "/home/ada"]) -> ExitCode {
    SMSProgram(environment: environment(variables)).run(arguments)
  }

  /// The ledger, wherever the command believes it to be.
  func ledger() throws(LedgerError) -> Ledger {
    let folder = state.withLock { state in
      if state == nil { state = try? TemporaryFolder() }
      return state?.path
    }
    guard let folder else { throw .noFolder }
    return try Ledger(folder: folder) { [self] in now }
  }

  private var fileAccess: FileAccess {
    FileAccess(
      read: { [self] (path, _) throws(SystemError) in try file(path).bytes },
      readJudged: { [self] (path, _) throws(SystemError) in
        let (file, status) = (try file(path), FileStatus(try self.file(path)))
        return LoadedFile(bytes: file.bytes, status: status, distrust: status.distrust(by: status.owner))
      },
      open: { [self] (path) throws(SystemError) in
        var rest: [UInt8]? = try file(path).bytes
        return { () throws(SystemError) in
          defer { rest = nil }
          return rest
        }
      },
      status: { [self] path in
        let isLedger = path.hasSuffix("/ledger.db") && state.withLock { $0 != nil }
        return try? FileStatus(isLedger ? File(bytes: []) : file(path))
      },
      create: { [self] (path, bytes) throws(SystemError) in
        guard (try? file(path)) == nil else { throw SystemError(code: 17, operation: "open", path: path) }
        put(path, bytes)
      },
      replace: { [self] (path, bytes) throws(SystemError) in put(path, bytes) },
      replaceOurs: { [self] (path, bytes, isOurs) throws(SystemError) in
        if let old = try? file(path), old.kind != .file || !isOurs(old.bytes) { return false }
        put(path, bytes)
        return true
      },
      makeFolders: { (_) throws(SystemError) in })
  }

  private func file(_ path: String) throws(SystemError) -> File {
    guard let file = files.withLock({ $0[path] }) else { throw SystemError(code: 2, operation: "open", path: path) }
    return file
  }

  private var streams: Streams {
    Streams(
      readInput: { [self] () throws(SystemError) in input.withLock { $0.isEmpty ? nil : $0.removeFirst() } },
      readTypedLine: { [self] (_, _) throws(SystemError) in input.withLock { $0.isEmpty ? nil : $0.removeFirst() } },
      writeOutput: { [self] (bytes) throws(SystemError) in output.withLock { $0 += bytes } },
      writeError: { [self] bytes in errors.withLock { $0 += bytes } })
  }
}

extension Diagnostics {
  /// Whatever is asked fails the test.
  fileprivate static let none = Diagnostics(
    isWritable: { folder in
      Issue.record("it was asked whether \(folder) can be written")
      return false
    },
    transportLibrary: { () throws(TransportSetupError) in
      Issue.record("libcurl was asked for")
      throw .noLibrary(reason: "none")
    },
    connect: { (url, _, _) throws(TransportSetupError) in
      Issue.record("a connection to \(url) was tried")
      throw .noLibrary(reason: "none")
    },
    examineLedger: { (folder) throws(LedgerError) in
      Issue.record("the ledger in \(folder) was examined")
      throw .noFolder
    })
}

extension FileStatus {
  fileprivate init(_ file: World.File) {
    self.init(kind: file.kind, mode: file.mode, owner: 1000, size: Int64(file.bytes.count))
  }
}
