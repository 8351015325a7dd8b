#if canImport(Darwin)
  @_exported import Darwin

  // What Apple's C library has in another way than Linux's: `Linux.swift` has the same names. Not tried on a Mac.

  /// The environment variables as C keeps them.
  package var environmentBlock: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
    // Both pointers are optional only because the header doesn't say otherwise (crt_externs.h).
    guard let block = _NSGetEnviron()?.pointee else { return emptyBlock }
    return block
  }

  /// No variables.
  private let emptyBlock: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> = {
    let block = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: 1)
    block.initialize(to: nil)
    return block
  }()

  /// Waits until what was written is on the disk: `fsync` only waits until the drive has it (fcntl(2)).
  package func systemSync(_ descriptor: Int32) -> Int32 {
    // File systems of others don't know it.
    fcntl(descriptor, F_FULLFSYNC) == -1 ? fsync(descriptor) : 0
  }

  /// `F_OFD_GETLK` and `F_OFD_SETLK`, which are private to Apple's extensions.
  package let (lockGet, lockSet): (Int32, Int32) = (92, 90)

  /// What can be limited, as `getrlimit` takes it.
  package typealias LimitedResource = Int32
  package let coreDumpLimit = RLIMIT_CORE
  package let descriptorLimit = RLIMIT_NOFILE

  package let streamSocket = SOCK_STREAM

  extension sigaction {
    /// The address of the function that a signal leads to, or `SIG_DFL` or `SIG_IGN`.
    package var address: Int { unsafeBitCast(__sigaction_u.__sa_handler, to: Int.self) }
  }

  /// What `posix_spawn` does before the program starts.
  package typealias SpawnAttributes = posix_spawnattr_t?
  package typealias SpawnActions = posix_spawn_file_actions_t?

  extension Optional where Wrapped == UnsafeMutableRawPointer {
    /// One to be set up by `posix_spawnattr_init` or `posix_spawn_file_actions_init`.
    package static var unset: UnsafeMutableRawPointer? { nil }
  }

  /// Starts a thread that nobody waits for; an error number, or 0.
  package func startThread(
    _ context: UnsafeMutableRawPointer, _ body: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer?
  ) -> Int32 {
    var thread: pthread_t?
    let code = pthread_create(&thread, nil, body, context)
    if code == 0, let thread { pthread_detach(thread) }
    return code
  }

  /// Takes the next connection of a socket that listens.
  package func systemAccept(_ descriptor: Int32) -> Int32 { accept(descriptor, nil, nil) }

  /// Sends; `preventSignals` must have been called for the socket.
  package func systemSend(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    send(descriptor, bytes.baseAddress, bytes.count, 0)
  }

  /// Sending to a side that has gone is an error, and no signal.
  package func preventSignals(of descriptor: Int32) {
    var on: Int32 = 1
    _ = setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  extension sockaddr_in {
    /// An empty address of IPv4.
    package static var empty: sockaddr_in {
      var address = sockaddr_in()
      address.sin_len = UInt8(MemoryLayout<sockaddr_in>.size)
      address.sin_family = sa_family_t(AF_INET)
      return address
    }
  }
#endif
