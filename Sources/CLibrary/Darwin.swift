#if canImport(Darwin)
  @_exported import Darwin

  // What Apple's C library does differently from Linux's; `Linux.swift` declares the same names. Not tested on a Mac.

  /// The environment variables in C's format.
  package var environmentBlock: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
    // Neither pointer is ever null; the header doesn't say so (crt_externs.h).
    _NSGetEnviron().pointee.unsafelyUnwrapped
  }

  /// Waits until written data is on the disk: `fsync` only waits until the drive has received it (fcntl(2)).
  package func systemSync(_ descriptor: Int32) -> Int32 {
    // Some file systems don't support it.
    fcntl(descriptor, F_FULLFSYNC) == -1 ? fsync(descriptor) : 0
  }

  /// `F_OFD_GETLK` and `F_OFD_SETLK`, which headers before macOS 15 don't declare.
  package let (lockGet, lockSet): (Int32, Int32) = (92, 90)

  /// The type that `getrlimit` takes for a resource.
  package typealias LimitedResource = Int32
  package let coreDumpLimit = RLIMIT_CORE
  package let descriptorLimit = RLIMIT_NOFILE

  /// Sockets must have lower numbers than this for libcurl to wait for them: Apple's uses `select`.
  package let socketNumberLimit = UInt64(FD_SETSIZE)

  package let streamSocket = SOCK_STREAM

  /// The monotonic clock that stops while the machine sleeps; here, `CLOCK_MONOTONIC` doesn't.
  package let forwardClock = CLOCK_UPTIME_RAW

  extension sigaction {
    /// The address of a signal's handler, or `SIG_DFL` or `SIG_IGN`.
    package var address: Int { unsafeBitCast(__sigaction_u.__sa_handler, to: Int.self) }

    /// Calls a handler that gets the signal's sender; interrupted system calls are restarted.
    package init(
      informing handler:
        @escaping @convention(c) (Int32, UnsafeMutablePointer<siginfo_t>?, UnsafeMutableRawPointer?) -> Void
    ) {
      self.init()
      __sigaction_u.__sa_sigaction = handler
      sa_flags = SA_SIGINFO | SA_RESTART
    }
  }

  extension siginfo_t {
    /// Whether another process sent the signal, and not the terminal or the system. It may set `errno`.
    package var isFromProcess: Bool {
      // XNU never reports `SI_USER` (kern_sig.c). The sender of a key's signal is either the terminal program,
      // which is in another session and still running, or the kernel (0). Only SIGINT and SIGQUIT come from keys.
      guard si_signo == SIGINT || si_signo == SIGQUIT else { return true }
      let session = getsid(si_pid)
      return si_pid != 0 && (session == -1 || session == getsid(0))
    }
  }

  /// What `posix_spawn` does before the program starts.
  package typealias SpawnAttributes = posix_spawnattr_t?
  package typealias SpawnActions = posix_spawn_file_actions_t?

  extension Optional where Wrapped == UnsafeMutableRawPointer {
    /// A value to be initialized by `posix_spawnattr_init` or `posix_spawn_file_actions_init`.
    package static var unset: UnsafeMutableRawPointer? { nil }
  }

  /// Starts a detached thread; returns an error number, or 0.
  ///
  /// The header declares the argument of `body` as nonnull, but only in what Swift sees of it (pthread.h).
  package func startThread(
    _ context: UnsafeMutableRawPointer, _ body: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer?
  ) -> Int32 {
    var thread: pthread_t?
    let code = pthread_create(&thread, nil, body, context)
    if code == 0, let thread { pthread_detach(thread) }
    return code
  }

  /// The child processes that a process hasn't reaped yet (libproc.h).
  package func systemChildren(of process: Int32, reading _: (String) -> [UInt8]?) -> [Int32] {
    var children = [Int32](repeating: 0, count: 1024)
    let size = Int32(children.count * MemoryLayout<Int32>.size)
    return Array(children.prefix(max(0, Int(proc_listchildpids(process, &children, size)))))
  }

  /// Waits until at least one of the descriptors is readable; returns how many are, or -1 for an error, and which.
  ///
  /// Uses `select`, because `poll` doesn't support `/dev/tty` (poll(2), "BUGS"). Swift doesn't import FD_SET and
  /// FD_ISSET.
  package func systemWaitUntilReadable(_ descriptors: [Int32]) -> (count: Int32, ready: [Bool]) {
    guard descriptors.allSatisfy({ 0 <= $0 && $0 < FD_SETSIZE }) else {
      errno = EBADF
      return (-1, [])
    }
    let places = descriptors.map { (word: Int($0) / Int32.bitWidth, bit: Int32(1) << ($0 % Int32(Int32.bitWidth))) }
    var set = fd_set()
    withUnsafeMutableBytes(of: &set) { bytes in
      let words = bytes.assumingMemoryBound(to: Int32.self)
      for place in places { words[place.word] |= place.bit }
    }
    let count = select((descriptors.max() ?? -1) + 1, &set, nil, nil, nil)
    let ready = withUnsafeBytes(of: set) { bytes in
      let words = bytes.assumingMemoryBound(to: Int32.self)
      return places.map { count > 0 && words[$0.word] & $0.bit != 0 }
    }
    return (count, ready)
  }

  /// When a file was created, in nanoseconds since 1970; nil if that isn't known (0, stat(2)).
  package func birthTime(_ status: stat, _: String, of _: Int32?) -> Int64? {
    let time = status.st_birthtimespec
    guard time.tv_sec != 0 || time.tv_nsec != 0 else { return nil }
    return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }

  /// Accepts the next connection of a listening socket.
  package func systemAccept(_ descriptor: Int32) -> Int32 { accept(descriptor, nil, nil) }

  /// Sends bytes; `preventSignals` must have been called for the socket.
  package func systemSend(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    send(descriptor, bytes.baseAddress, bytes.count, 0)
  }

  /// Makes sending to a closed connection an error instead of a signal.
  package func preventSignals(of descriptor: Int32) {
    var on: Int32 = 1
    _ = setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  extension sockaddr_in {
    /// An empty IPv4 address.
    package static var empty: sockaddr_in {
      var address = sockaddr_in()
      address.sin_len = UInt8(MemoryLayout<sockaddr_in>.size)
      address.sin_family = sa_family_t(AF_INET)
      return address
    }
  }
#endif
