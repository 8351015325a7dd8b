import CLibrary
import Platform

/// A TCP socket that waits for connections from this machine.
struct Listener {
  let descriptor: FileDescriptor
  let port: UInt16

  /// Listens on 127.0.0.1; port 0 takes any free one.
  init(port: UInt16) throws(SystemError) {
    let raw = try SystemError.check("socket") { socket(AF_INET, streamSocket, 0) }
    descriptor = FileDescriptor(rawValue: raw)
    do {
      descriptor.prepareSocket()
      // Allows a port whose last connections are still closing.
      descriptor.setOption(SOL_SOCKET, SO_REUSEADDR)
      try SystemError.check("bind") { withAddress(of: .loopback(port: port)) { bind(raw, $0, $1) } }
      try SystemError.check("listen") { listen(raw, 4096) }
      self.port = try descriptor.localPort()
    } catch {
      descriptor.close()
      throw error
    }
  }

  /// The result of accepting a connection.
  enum Arrival {
    case connection(FileDescriptor)
    case none
    /// The process can't open more descriptors.
    case tooMany
  }

  /// Accepts a pending connection, without waiting for one.
  func accept() -> Arrival {
    while true {
      let raw = systemAccept(descriptor.rawValue)
      if raw >= 0 {
        let connection = FileDescriptor(rawValue: raw)
        connection.prepareSocket()
        connection.setOption(Int32(IPPROTO_TCP), TCP_NODELAY)
        return .connection(connection)
      }
      switch errno {
      case EINTR, ECONNABORTED: continue
      case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .tooMany
      default: return .none
      }
    }
  }
}

/// The result of a call on a non-blocking socket.
enum Transfer: Equatable {
  case bytes(Int)
  /// Not possible now.
  case notNow
  /// The peer has sent its last byte, or has closed the connection.
  case ended
}

extension FileDescriptor {
  /// Reads what is there into the buffer.
  func receive(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
    transfer { recv(rawValue, buffer.baseAddress, buffer.count, 0) }
  }

  /// Writes as much as fits.
  func send(_ bytes: ArraySlice<UInt8>) -> Transfer {
    bytes.withUnsafeBytes { buffer in transfer { systemSend(rawValue, buffer) } }
  }

  /// Tells the peer that no more bytes follow.
  func endSending() {
    _ = shutdown(rawValue, Int32(SHUT_WR))
  }

  private func transfer(_ call: () -> Int) -> Transfer {
    while true {
      let count = call()
      if count > 0 { return .bytes(count) }
      if count == 0 { return .ended }
      switch errno {
      case EINTR: continue
      case EAGAIN: return .notNow
      default: return .ended
      }
    }
  }
}

/// Descriptors to wait for, and which of them are ready.
struct PollSet {
  private var entries: [pollfd] = []

  /// Adds a descriptor; it is never ready if neither reading nor writing is requested.
  mutating func add(_ descriptor: FileDescriptor, reading: Bool, writing: Bool) {
    let events = (reading ? POLLIN : 0) | (writing ? POLLOUT : 0)
    entries.append(pollfd(fd: events == 0 ? -1 : descriptor.rawValue, events: Int16(events), revents: 0))
  }

  mutating func removeAll() {
    entries.removeAll(keepingCapacity: true)
  }

  /// Waits until a descriptor is ready or the time is reached; nil waits forever.
  mutating func wait(until moment: MonotonicInstant?) throws(SystemError) {
    for index in entries.indices { entries[index].revents = 0 }
    let timeout = moment?.remaining.wholeMilliseconds ?? -1
    let count = nfds_t(entries.count)
    try SystemError.check("poll") { poll(&entries, count, timeout) }
  }

  /// Whether the descriptor at an index is ready or has an error.
  func isReady(_ index: Int) -> Bool { entries[index].revents != 0 }
}

private func withAddress<Result>(
  of address: sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
) -> Result {
  var address = address
  return withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
  }
}

extension sockaddr_in {
  fileprivate static func loopback(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in.empty
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }
}

extension FileDescriptor {
  fileprivate func setOption(_ level: Int32, _ name: Int32) {
    var on: Int32 = 1
    _ = setsockopt(rawValue, level, name, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Makes the socket non-blocking, closed in child processes, and without signals when the peer has closed it.
  fileprivate func prepareSocket() {
    _ = fcntl(rawValue, F_SETFL, fcntl(rawValue, F_GETFL) | O_NONBLOCK)
    _ = fcntl(rawValue, F_SETFD, FD_CLOEXEC)
    preventSignals(of: rawValue)
  }

  fileprivate func localPort() throws(SystemError) -> UInt16 {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    try SystemError.check("getsockname") {
      withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(rawValue, $0, &size) }
      }
    }
    return UInt16(bigEndian: address.sin_port)
  }
}
