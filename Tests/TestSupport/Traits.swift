#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform
import Synchronization
import Testing

extension Trait where Self == OwnThread {
  /// Gives each test of a suite a thread that it may block, for tests that wait for processes, sockets or the disk.
  ///
  /// Swift concurrency has as many threads as the machine has cores. Tests that block these keep all others from
  /// running, and leave the cores idle.
  public static var ownThread: OwnThread { OwnThread() }
}

extension Trait where Self == ConditionTrait {
  /// Skips tests if a program is not on `PATH`.
  public static func needs(_ program: String) -> ConditionTrait {
    .enabled(if: isInstalled(program), "\(program) is not installed")
  }
}

/// Whether a program is on `PATH`.
private func isInstalled(_ program: String) -> Bool {
  let folders = (CurrentProcess.environment.values["PATH"] ?? "").split(separator: ":")
  return folders.contains { access("\($0)/\(program)", X_OK) == 0 }
}

/// The trait behind `ownThread`.
public struct OwnThread: SuiteTrait, TestTrait, TestScoping {
  private static let threads = ThreadPerJob(limit: 12)

  public var isRecursive: Bool { true }

  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(Self.threads) { try await function() }
  }
}

/// Runs each job on its own thread; jobs beyond the limit wait until a thread is free.
private final class ThreadPerJob: TaskExecutor {
  private struct State {
    var threads = 0
    var waiting: [UnownedJob] = []
  }

  private let limit: Int
  private let state = Mutex(State())

  init(limit: Int) {
    self.limit = limit
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let mayStart = state.withLock { state in
      guard state.threads < limit else {
        state.waiting.append(job)
        return false
      }
      state.threads += 1
      return true
    }
    guard mayStart else { return }
    do {
      try DetachedThread.start { self.run(job) }
    } catch {
      run(job)
    }
  }

  /// Runs the job, followed by waiting ones.
  private func run(_ job: UnownedJob) {
    var next: UnownedJob? = job
    while let job = next {
      job.runSynchronously(on: asUnownedTaskExecutor())
      next = state.withLock { state in
        if state.waiting.isEmpty {
          state.threads -= 1
          return nil
        }
        return state.waiting.removeFirst()
      }
    }
  }
}
