#if !canImport(Darwin)
  #if canImport(Musl)
    @_exported import Musl
  #else
    @_exported import Glibc
  #endif

  // What Linux's C libraries, glibc and musl, have in another way than Apple's: `Darwin.swift` has the same names.

  /// The environment variables as C keeps them.
  package var environmentBlock: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> { environ }

  /// Waits until what was written is on the disk.
  package func systemSync(_ descriptor: Int32) -> Int32 { fsync(descriptor) }

  /// `F_OFD_GETLK` and `F_OFD_SETLK`, which are shown only to those who ask for GNU's extensions.
  package let (lockGet, lockSet): (Int32, Int32) = (36, 37)

  #if canImport(Musl)
    /// What can be limited, as `getrlimit` takes it.
    package typealias LimitedResource = Int32
    package let coreDumpLimit = RLIMIT_CORE
    package let descriptorLimit = RLIMIT_NOFILE

    package let streamSocket = SOCK_STREAM
  #else
    /// What can be limited, as `getrlimit` takes it.
    package typealias LimitedResource = __rlimit_resource_t
    package let coreDumpLimit = __rlimit_resource_t(RLIMIT_CORE.rawValue)
    package let descriptorLimit = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)

    package let streamSocket = Int32(SOCK_STREAM.rawValue)
  #endif

  extension sigaction {
    /// The address of the function that a signal leads to, or `SIG_DFL` or `SIG_IGN`.
    package var address: Int {
      #if canImport(Musl)
        unsafeBitCast(__sa_handler.sa_handler, to: Int.self)
      #else
        unsafeBitCast(__sigaction_handler.sa_handler, to: Int.self)
      #endif
    }
  }

  /// What `posix_spawn` does before the program starts.
  package typealias SpawnAttributes = posix_spawnattr_t
  package typealias SpawnActions = posix_spawn_file_actions_t

  extension posix_spawnattr_t {
    /// One to be set up by `posix_spawnattr_init`.
    package static var unset: posix_spawnattr_t { posix_spawnattr_t() }
  }

  extension posix_spawn_file_actions_t {
    /// One to be set up by `posix_spawn_file_actions_init`.
    package static var unset: posix_spawn_file_actions_t { posix_spawn_file_actions_t() }
  }

  /// Starts a thread that nobody waits for; an error number, or 0.
  package func startThread(
    _ context: UnsafeMutableRawPointer, _ body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?
  ) -> Int32 {
    #if canImport(Musl)
      var thread: pthread_t?
      let code = pthread_create(&thread, nil, body, context)
      if code == 0, let thread { pthread_detach(thread) }
    #else
      var thread = pthread_t()
      let code = pthread_create(&thread, nil, body, context)
      if code == 0 { pthread_detach(thread) }
    #endif
    return code
  }

  /// Takes the next connection of a socket that listens.
  package func systemAccept(_ descriptor: Int32) -> Int32 { accept(descriptor, nil, nil) }

  /// Sends without a signal when the other side has gone.
  package func systemSend(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// Nothing: each `systemSend` says that no signal is wanted.
  package func preventSignals(of descriptor: Int32) {}

  extension sockaddr_in {
    /// An empty address of IPv4.
    package static var empty: sockaddr_in {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      return address
    }
  }
#endif
