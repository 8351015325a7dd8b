#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform

/// A TCP socket on 127.0.0.1.
public struct Socket: Sendable {
  private let descriptor: FileDescriptor

  /// A socket with a port assigned by the system, which doesn't listen.
  static func bound() throws(SystemError) -> Socket {
    let socket = Socket(descriptor: FileDescriptor(rawValue: open()))
    guard withAddress(port: 0, { bind(socket.descriptor.rawValue, $0, $1) }) == 0 else {
      throw SystemError(code: errno, operation: "bind")
    }
    return socket
  }

  public static func listening() throws(SystemError) -> Socket {
    let socket = try bound()
    guard listen(socket.descriptor.rawValue, 1024) == 0 else { throw SystemError(code: errno, operation: "listen") }
    return socket
  }

  static func connected(to port: UInt16) -> Socket? {
    let socket = Socket(descriptor: FileDescriptor(rawValue: open()))
    guard withAddress(port: port, { connect(socket.descriptor.rawValue, $0, $1) }) == 0 else {
      socket.close()
      return nil
    }
    return socket
  }

  public var port: UInt16 {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutableBytes(of: &address) {
      let pointer = $0.baseAddress?.assumingMemoryBound(to: sockaddr.self)
      if let pointer { _ = getsockname(descriptor.rawValue, pointer, &length) }
    }
    return UInt16(bigEndian: address.sin_port)
  }

  public func accept() -> Socket? {
    #if canImport(Glibc)
      let raw = Glibc.accept(descriptor.rawValue, nil, nil)
    #else
      let raw = Darwin.accept(descriptor.rawValue, nil, nil)
    #endif
    guard raw >= 0 else { return nil }
    _ = fcntl(raw, F_SETFD, FD_CLOEXEC)
    return Socket(descriptor: FileDescriptor(rawValue: raw))
  }

  /// Waits until there is something to accept or read; false if time runs out.
  public func waitUntilReadable(atMost time: Duration) -> Bool {
    (try? descriptor.waitUntilReadable(atMost: time)) == true
  }

  /// The next bytes; nil if the other side has disconnected.
  public func read() -> [UInt8]? {
    guard let bytes = try? descriptor.read(upTo: 65_536), !bytes.isEmpty else { return nil }
    return bytes
  }

  /// Returns false if the other side has disconnected.
  public func write(_ text: String) -> Bool {
    (try? descriptor.writeAll(Array(text.utf8))) != nil
  }

  /// Makes closing reset the connection.
  func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor.rawValue, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  public func close() { descriptor.close() }

  private static func open() -> Int32 {
    BrokenPipe.isAnError()
    #if canImport(Glibc)
      let raw = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let raw = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    _ = fcntl(raw, F_SETFD, FD_CLOEXEC)
    return raw
  }

  private static func withAddress(port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return withUnsafeBytes(of: &address) { bytes in
      guard let pointer = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return -1 }
      return body(pointer, socklen_t(bytes.count))
    }
  }
}
