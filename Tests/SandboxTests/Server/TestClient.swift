import Platform
import TextFormats

@testable import Sandbox

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A plain HTTP client on one connection: says what it is told, and reads replies.
final class TestClient {
  struct Reply: Equatable {
    var status: Int
    /// With the line breaks.
    var head: String
    var body: [UInt8]

    var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }
  }

  private let descriptor: FileDescriptor
  private let sandbox: RunningSandbox
  private var unread: [UInt8] = []

  /// Keeps the sandbox running as long as the client is there.
  init(_ sandbox: RunningSandbox) throws {
    self.sandbox = sandbox
    let raw = socket(AF_INET, streamSocket, 0)
    guard raw >= 0 else { throw SystemError(code: errno, operation: "socket") }
    descriptor = FileDescriptor(rawValue: raw)
    BrokenPipe.isAnError()
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = sandbox.port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        #if canImport(Glibc)
          Glibc.connect(raw, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        #else
          Darwin.connect(raw, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        #endif
      }
    }
    guard connected == 0 else { throw SystemError(code: errno, operation: "connect") }
  }

  deinit {
    descriptor.close()
  }

  func send(_ text: String) throws {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      guard case .bytes(let count) = descriptor.send(rest) else { throw Gone() }
      rest = rest.dropFirst(count)
    }
  }

  /// No more bytes will be sent, but replies are read.
  func endSending() {
    shutdown(descriptor.rawValue, Int32(SHUT_WR))
  }

  /// The next whole reply; nil where the connection ends before it does.
  func reply() throws -> Reply? {
    while true {
      if let reply = takeReply() { return reply }
      guard let bytes = try more() else { return nil }
      unread += bytes
    }
  }

  /// Everything up to the end of the connection.
  func rest() throws -> [UInt8] {
    while let bytes = try more() { unread += bytes }
    defer { unread = [] }
    return unread
  }

  /// Whether nothing has come, nor the end, for that long.
  func hearsNothing(for time: Duration) throws -> Bool {
    try !descriptor.waitUntilReadable(atMost: time)
  }

  /// Nil at the end. A server that says nothing for ten seconds has failed.
  private func more() throws -> [UInt8]? {
    guard try descriptor.waitUntilReadable(atMost: .seconds(10)) else { throw Silence() }
    do {
      let bytes = try descriptor.read(upTo: 65_536)
      return bytes.isEmpty ? nil : bytes
    } catch  where error.code == ECONNRESET {
      return nil
    }
  }

  private func takeReply() -> Reply? {
    guard let end = unread.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let head = String(decoding: unread[..<end.upperBound], as: UTF8.self)
    let lines = head.split(separator: "\r\n")
    let length = lines.first { $0.hasPrefix("Content-Length: ") }.flatMap { Int($0.dropFirst(16)) } ?? 0
    guard unread.count >= end.upperBound + length else { return nil }
    let body = Array(unread[end.upperBound..<end.upperBound + length])
    unread.removeFirst(end.upperBound + length)
    return Reply(status: Int(lines[0].split(separator: " ")[1]) ?? 0, head: head, body: body)
  }
}

struct Silence: Error {}

/// The server closed the connection while something was being sent.
struct Gone: Error {}

#if canImport(Glibc)
  private let streamSocket = Int32(SOCK_STREAM.rawValue)
#else
  private let streamSocket = SOCK_STREAM
#endif

/// A form post that sends one message with vpixelpro, as curl writes it.
func sending(_ text: String = "Hi", to number: String = "15550100001", headers: String = "") -> String {
  posting(
    "/vpixelpro/services/send.php", "key=sandbox-vpixelpro-key&number=\(number)&message=\(text)", headers: headers)
}

func posting(_ path: String, _ form: String, headers: String = "") -> String {
  "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n\(headers)Content-Length: \(form.utf8.count)\r\n"
    + "Content-Type: application/x-www-form-urlencoded\r\n\r\n\(form)"
}
