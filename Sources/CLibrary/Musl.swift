#if canImport(Musl)
  // `environ` is a plain variable of C.
  @preconcurrency @_exported import Musl

  // What musl has in another way than Linux's other C library: `Glibc.swift` has the same names.

  /// The environment variables as C keeps them.
  package var environmentBlock: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> { environ }

  /// What can be limited, as `getrlimit` takes it.
  package typealias LimitedResource = Int32
  package let coreDumpLimit = RLIMIT_CORE
  package let descriptorLimit = RLIMIT_NOFILE

  package let streamSocket = SOCK_STREAM

  extension sigaction {
    /// The address of the function that a signal leads to, or `SIG_DFL` or `SIG_IGN`.
    package var address: Int { unsafeBitCast(__sa_handler.sa_handler, to: Int.self) }

    /// Calls a handler that is told who sent the signal; system calls that it comes into go on.
    package init(
      informing handler:
        @escaping @convention(c) (Int32, UnsafeMutablePointer<siginfo_t>?, UnsafeMutableRawPointer?) -> Void
    ) {
      self.init()
      __sa_handler.sa_sigaction = handler
      sa_flags = Int32(SA_SIGINFO) | Int32(SA_RESTART)
    }
  }

  /// Starts a thread that nobody waits for; an error number, or 0.
  package func startThread(
    _ context: UnsafeMutableRawPointer, _ body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?
  ) -> Int32 {
    var thread: pthread_t?
    let code = pthread_create(&thread, nil, body, context)
    if code == 0, let thread { pthread_detach(thread) }
    return code
  }
#endif
