#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform
import Synchronization

/// An HTTP server on 127.0.0.1 that follows a test's script, including misbehavior; it stops when deinitialized.
///
///     let server = try ScriptedServer { connection in connection == 0 ? [.read, .hang] : [.answerAll(with: ok)] }
public final class ScriptedServer: Sendable {
  /// A step on a connection, which is closed after the last step, or when the client disconnects.
  public enum Step: Sendable {
    /// Reads and records a complete request.
    case read
    /// Reads and discards this many bytes.
    case skip(Int)
    case write(String)
    /// Writes the bytes repeatedly, with a pause after each time, until the client disconnects.
    case drip(String, pause: Duration)
    /// Does nothing until the client disconnects.
    case hang
    /// Resets the connection (RST) instead of closing it.
    case reset
    /// Reads and answers requests until the client disconnects.
    case answerAll(with: String)
  }

  /// A complete request.
  public struct Request: Hashable, Sendable {
    /// From 0, in the order of connecting.
    public var connection: Int
    /// The request line and the header lines, separated by CR LF.
    public var head: String
    /// The number of bytes given by `Content-Length`.
    public var body: [UInt8]
  }

  /// Chosen by the system.
  public let port: UInt16
  private let state: State

  /// Starts listening; `script` returns the steps for a connection by number, from 0.
  public init(_ script: @escaping @Sendable (_ connection: Int) -> [Step]) throws(SystemError) {
    let listener = try Socket.listening()
    let state = State()
    port = listener.port
    self.state = state
    try DetachedThread.start {
      while let socket = listener.accept(), let number = state.countConnection() {
        try? DetachedThread.start {
          var connection = Connection(socket: socket, number: number, state: state)
          connection.run(script(number))
        }
      }
      listener.close()
    }
  }

  deinit {
    state.stop()
    // Wakes the thread waiting for connections.
    Socket.connected(to: port)?.close()
  }

  /// `http://127.0.0.1:PORT`
  public var url: String { "http://127.0.0.1:\(port)" }

  /// All requests recorded so far.
  public var requests: [Request] { state.requests }

  /// The number of connections accepted so far.
  public var connections: Int { state.connections }
}

extension ScriptedServer {
  /// A complete reply, including its length.
  public static func reply(_ status: String = "200 OK", headers: [String] = [], body: String = "ok") -> String {
    (["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers + ["", body]).joined(separator: "\r\n")
  }
}

/// The state shared by the threads of a server.
private final class State: Sendable {
  private struct Values {
    var requests: [ScriptedServer.Request] = []
    var connections = 0
    var isStopped = false
  }

  private let values = Mutex(Values())

  var requests: [ScriptedServer.Request] { values.withLock { $0.requests } }
  var connections: Int { values.withLock { $0.connections } }

  func stop() { values.withLock { $0.isStopped = true } }
  func note(_ request: ScriptedServer.Request) { values.withLock { $0.requests.append(request) } }

  /// The number of a new connection; nil once the server is stopped.
  func countConnection() -> Int? {
    values.withLock { values in
      defer { values.connections += 1 }
      return values.isStopped ? nil : values.connections
    }
  }
}

/// A connection whose script is being run.
private struct Connection {
  let socket: Socket
  let number: Int
  let state: State
  var received: [UInt8] = []

  mutating func run(_ script: [ScriptedServer.Step]) {
    defer { socket.close() }
    for step in script {
      guard perform(step) else { return }
    }
  }

  /// Returns false if the client has disconnected.
  private mutating func perform(_ step: ScriptedServer.Step) -> Bool {
    switch step {
    case .read: return readRequest()
    case .skip(let count): return fill(until: { $0.count >= count ? count : nil }).map { _ in true } ?? false
    case .write(let text): return socket.write(text)
    case .drip(let text, let pause):
      while socket.write(text) { SystemClock.sleep(for: pause) }
      return false
    case .hang:
      while socket.read() != nil {}
      return false
    case .reset:
      socket.reset()
      return true
    case .answerAll(let reply):
      while readRequest(), socket.write(reply) {}
      return false
    }
  }

  private mutating func readRequest() -> Bool {
    guard let head = fill(until: { $0.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound }) else { return false }
    let text = String(decoding: head.dropLast(4), as: UTF8.self)
    let length = Self.contentLength(text)
    guard let body = fill(until: { $0.count >= length ? length : nil }) else { return false }
    state.note(ScriptedServer.Request(connection: number, head: text, body: body))
    return true
  }

  /// Reads until `end` finds an end in what was received, and takes the bytes before it; nil if the client disconnects.
  private mutating func fill(until end: ([UInt8]) -> Int?) -> [UInt8]? {
    while true {
      if let end = end(received) {
        defer { received.removeFirst(end) }
        return Array(received[..<end])
      }
      guard let bytes = socket.read() else { return nil }
      received += bytes
    }
  }

  private static func contentLength(_ head: String) -> Int {
    let prefix = "content-length: "
    let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(prefix) }
    return line.flatMap { Int($0.dropFirst(prefix.count)) } ?? 0
  }
}

/// A port of 127.0.0.1 on which nothing listens, reserved as long as this object exists.
public final class ClosedPort: Sendable {
  /// Chosen by the system.
  public let port: UInt16
  private let socket: Socket

  public init() throws(SystemError) {
    socket = try Socket.bound()
    port = socket.port
  }

  deinit { socket.close() }

  /// `http://127.0.0.1:PORT`
  public var url: String { "http://127.0.0.1:\(port)" }
}
