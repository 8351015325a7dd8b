#if canImport(Musl)
  // `environ` is a global variable in C.
  @preconcurrency @_exported import Musl

  // What musl does differently from glibc; `Glibc.swift` declares the same names.

  /// The environment variables in C's format.
  package var environmentBlock: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> { environ }

  /// The type that `getrlimit` takes for a resource.
  package typealias LimitedResource = Int32
  package let coreDumpLimit = RLIMIT_CORE
  package let descriptorLimit = RLIMIT_NOFILE

  package let streamSocket = SOCK_STREAM

  extension sigaction {
    /// The address of a signal's handler, or `SIG_DFL` or `SIG_IGN`.
    package var address: Int { unsafeBitCast(__sa_handler.sa_handler, to: Int.self) }

    /// Calls a handler that gets the signal's sender; interrupted system calls are restarted.
    package init(
      informing handler:
        @escaping @convention(c) (Int32, UnsafeMutablePointer<siginfo_t>?, UnsafeMutableRawPointer?) -> Void
    ) {
      self.init()
      __sa_handler.sa_sigaction = handler
      sa_flags = Int32(SA_SIGINFO) | Int32(SA_RESTART)
    }
  }

  /// Starts a detached thread; returns an error number, or 0.
  package func startThread(
    _ context: UnsafeMutableRawPointer, _ body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?
  ) -> Int32 {
    var thread: pthread_t?
    let code = pthread_create(&thread, nil, body, context)
    if code == 0, let thread { pthread_detach(thread) }
    return code
  }
#endif
