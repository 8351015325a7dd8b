/// A whole request as it came over the wire, its transfer coding undone.
struct RawRequest: Hashable {
  var head: RequestHead
  var body: [UInt8]
}

/// Cuts the bytes of a connection into requests, however they arrive.
struct RequestReader {
  /// The largest request line with header fields, in bytes.
  static let headLimit = 64 * 1024

  private enum Stage {
    /// Up to `scanned` there is no end of a head.
    case head(scanned: Int)
    case sized(RequestHead, length: Int)
    case chunked(RequestHead, ChunkedBody)
  }

  private var buffer: [UInt8] = []
  /// Where the bytes begin that are not used yet.
  private var start = 0
  private var stage = Stage.head(scanned: 0)
  /// Whether the client waits for `100 Continue`; whoever sends it sets it back.
  var awaitsContinue = false

  mutating func append(_ bytes: some Collection<UInt8>) {
    buffer += bytes
  }

  /// The next whole request; nil until more bytes have come.
  mutating func next() throws(HTTPRefusal) -> RawRequest? {
    if case .head = stage {
      guard let head = try takeHead() else { return nil }
      try begin(head)
    }
    guard let request = try takeBody() else { return nil }
    (stage, awaitsContinue) = (.head(scanned: start), false)
    dropUsedBytes()
    return request
  }

  private mutating func begin(_ head: RequestHead) throws(HTTPRefusal) {
    let expects = try head.expectsContinue()
    switch try head.framing() {
    case .length(let length):
      awaitsContinue = expects && buffer.count - start < length
      stage = .sized(head, length: length)
    case .chunked:
      awaitsContinue = expects && buffer.count == start
      stage = .chunked(head, ChunkedBody())
    }
  }

  private mutating func takeBody() throws(HTTPRefusal) -> RawRequest? {
    switch stage {
    case .head: return nil
    case .sized(let head, let length):
      guard buffer.count - start >= length else { return nil }
      defer { start += length }
      return RawRequest(head: head, body: Array(buffer[start..<start + length]))
    case .chunked(let head, var body):
      // Taken out while it grows, or each piece would copy all of it.
      stage = .head(scanned: start)
      start += try body.take(buffer[start...])
      stage = .chunked(head, body)
      dropUsedBytes()
      return body.isComplete ? RawRequest(head: head, body: body.bytes) : nil
    }
  }

  private mutating func dropUsedBytes() {
    guard start == buffer.count || start > Self.headLimit else { return }
    buffer.removeFirst(start)
    start = 0
    if case .head = stage { stage = .head(scanned: 0) }
  }
}

extension RequestReader {
  /// The head that the unused bytes begin with, once its last, empty line is there.
  private mutating func takeHead() throws(HTTPRefusal) -> RequestHead? {
    skipEmptyLines()
    guard let end = endOfHead() else {
      guard buffer.count - start <= Self.headLimit else { throw .headTooLarge }
      return nil
    }
    guard end - start <= Self.headLimit else { throw .headTooLarge }
    let head = try RequestHead(parsing: buffer[start..<end])
    start = end
    return head
  }

  /// Some clients end a body with a line break that nobody counted (RFC 9112, 2.2).
  private mutating func skipEmptyLines() {
    while start < buffer.count, buffer[start] == UInt8(ascii: "\r") || buffer[start] == UInt8(ascii: "\n") {
      start += 1
    }
  }

  /// Where the line after the first empty one begins.
  private mutating func endOfHead() -> Int? {
    guard case .head(let scanned) = stage else { return nil }
    // Three bytes back: the end may have begun in what was scanned before.
    var index = max(start, scanned - 3)
    while let lineFeed = buffer[index...].firstIndex(of: UInt8(ascii: "\n")) {
      index = lineFeed + 1
      if index < buffer.count, buffer[index] == UInt8(ascii: "\n") { return index + 1 }
      if index + 1 < buffer.count, buffer[index] == UInt8(ascii: "\r"), buffer[index + 1] == UInt8(ascii: "\n") {
        return index + 2
      }
    }
    stage = .head(scanned: buffer.count)
    return nil
  }
}
