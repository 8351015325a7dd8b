#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// What differs between the systems' C libraries, and calls whose names our methods hide where they are used.

func systemOpen(_ path: String, _ flags: Int32, mode: UInt32 = 0) -> Int32 { open(path, flags, mode_t(mode)) }

func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}

func systemClose(_ descriptor: Int32) { _ = close(descriptor) }

func systemLock(_ descriptor: Int32, _ operation: Int32) -> Int32 { flock(descriptor, operation) }

func systemKill(_ process: pid_t, _ signal: Int32) { _ = kill(process, signal) }

func systemExit(_ code: Int32) -> Never { _exit(code) }

/// The environment variables as C keeps them.
var environmentBlock: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
  #if canImport(Glibc)
    environ
  #else
    _NSGetEnviron().pointee
  #endif
}

#if canImport(Glibc)
  let coreDumpLimit = __rlimit_resource_t(RLIMIT_CORE.rawValue)
#else
  let coreDumpLimit = RLIMIT_CORE
#endif

extension sigaction {
  /// Whether a signal leads to this handler, `SIG_DFL` or `SIG_IGN`.
  func leads(to disposition: (@convention(c) (Int32) -> Void)?) -> Bool {
    #if canImport(Glibc)
      let handler = __sigaction_handler.sa_handler
    #else
      let handler = __sigaction_u.__sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(disposition, to: Int.self)
  }
}
