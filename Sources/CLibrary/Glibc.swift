#if canImport(Glibc)
  @_exported import Glibc

  // What GNU's C library has in another way than Linux's other C library: `Musl.swift` has the same names.

  /// The environment variables as C keeps them.
  package var environmentBlock: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> { environ }

  /// What can be limited, as `getrlimit` takes it.
  package typealias LimitedResource = __rlimit_resource_t
  package let coreDumpLimit = __rlimit_resource_t(RLIMIT_CORE.rawValue)
  package let descriptorLimit = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)

  package let streamSocket = Int32(SOCK_STREAM.rawValue)

  extension sigaction {
    /// The address of the function that a signal leads to, or `SIG_DFL` or `SIG_IGN`.
    package var address: Int { unsafeBitCast(__sigaction_handler.sa_handler, to: Int.self) }

    /// Calls a handler that is told who sent the signal; system calls that it comes into go on.
    package init(
      informing handler:
        @escaping @convention(c) (Int32, UnsafeMutablePointer<siginfo_t>?, UnsafeMutableRawPointer?) -> Void
    ) {
      self.init()
      __sigaction_handler.sa_sigaction = handler
      sa_flags = Int32(SA_SIGINFO) | Int32(SA_RESTART)
    }
  }

  /// Starts a thread that nobody waits for; an error number, or 0.
  package func startThread(
    _ context: UnsafeMutableRawPointer, _ body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?
  ) -> Int32 {
    var thread = pthread_t()
    let code = pthread_create(&thread, nil, body, context)
    if code == 0 { pthread_detach(thread) }
    return code
  }
#endif
