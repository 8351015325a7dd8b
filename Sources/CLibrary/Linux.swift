#if !canImport(Darwin)
  // What Linux's C libraries do differently from Apple's; `Darwin.swift` declares the same names. What differs
  // between glibc and musl is in `Glibc.swift` and `Musl.swift`.

  /// Waits until written data is on the disk.
  package func systemSync(_ descriptor: Int32) -> Int32 { fsync(descriptor) }

  /// `F_OFD_GETLK` and `F_OFD_SETLK`, which are declared only with GNU extensions.
  package let (lockGet, lockSet): (Int32, Int32) = (36, 37)

  /// Sockets must have lower numbers than this for libcurl to wait for them.
  package let socketNumberLimit: UInt64 = 10_240

  /// The monotonic clock that stops while the machine sleeps.
  package let forwardClock = CLOCK_MONOTONIC

  extension siginfo_t {
    /// Whether another process sent the signal, and not the terminal or the system.
    package var isFromProcess: Bool { si_code <= 0 }
  }

  /// What `posix_spawn` does before the program starts.
  package typealias SpawnAttributes = posix_spawnattr_t
  package typealias SpawnActions = posix_spawn_file_actions_t

  extension posix_spawnattr_t {
    /// A value to be initialized by `posix_spawnattr_init`.
    package static var unset: posix_spawnattr_t { posix_spawnattr_t() }
  }

  extension posix_spawn_file_actions_t {
    /// A value to be initialized by `posix_spawn_file_actions_init`.
    package static var unset: posix_spawn_file_actions_t { posix_spawn_file_actions_t() }
  }

  /// The child processes that a process hasn't reaped yet, from `/proc`; empty if that can't be read.
  package func systemChildren(of process: Int32, reading read: (String) -> [UInt8]?) -> [Int32] {
    let numbers = read("/proc/\(process)/task/\(process)/children") ?? []
    return numbers.split(separator: UInt8(ascii: " ")).compactMap { Int32(String(decoding: $0, as: UTF8.self)) }
  }

  /// Waits until at least one of the descriptors is readable; returns how many are, or -1 for an error, and which.
  package func systemWaitUntilReadable(_ descriptors: [Int32]) -> (count: Int32, ready: [Bool]) {
    var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let count = poll(&polled, nfds_t(polled.count), -1)
    return (count, polled.map { $0.revents != 0 })
  }

  private typealias Statx =
    @convention(c) (Int32, UnsafePointer<CChar>, Int32, UInt32, UnsafeMutableRawPointer?) -> Int32

  /// When a file was created, in nanoseconds since 1970; nil if that isn't known.
  ///
  /// Uses `statx`, which is declared only with GNU extensions, and which some containers forbid. The offsets in its
  /// result never change.
  package func birthTime(_: stat, _ path: String, of descriptor: Int32?) -> Int64? {
    let (emptyPath, birth): (Int32, UInt32) = (0x1000, 0x800)
    guard let address = dlsym(nil, "statx") else { return nil }
    let statx = unsafeBitCast(address, to: Statx.self)
    return withUnsafeTemporaryAllocation(byteCount: 256, alignment: 8) { status in
      let flags = descriptor == nil ? 0 : emptyPath
      guard statx(descriptor ?? AT_FDCWD, path, flags, birth, status.baseAddress) == 0,
        status.load(as: UInt32.self) & birth != 0
      else { return nil }
      let seconds = status.load(fromByteOffset: 80, as: Int64.self)
      return seconds &* 1_000_000_000 &+ Int64(status.load(fromByteOffset: 88, as: UInt32.self))
    }
  }

  /// Accepts the next connection of a listening socket.
  package func systemAccept(_ descriptor: Int32) -> Int32 { accept(descriptor, nil, nil) }

  /// Sends bytes; if the connection is closed, that is an error, not a signal.
  package func systemSend(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// Does nothing, because each `systemSend` prevents the signal.
  package func preventSignals(of descriptor: Int32) {}

  extension sockaddr_in {
    /// An empty IPv4 address.
    package static var empty: sockaddr_in {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      return address
    }
  }
#endif
