/// A complete request, without its transfer coding.
struct RawRequest: Hashable {
  var head: RequestHead
  var body: [UInt8]
}

/// Splits the bytes of a connection into requests, no matter how they arrive.
struct RequestReader {
  /// The maximum size of the request line and header fields, in bytes.
  static let headLimit = 64 * 1024

  private enum Stage {
    /// No head ends before `scanned`.
    case head(scanned: Int)
    case sized(RequestHead, length: Int)
    case chunked(RequestHead, ChunkedBody)
  }

  private var buffer: [UInt8] = []
  /// The start of the unused bytes.
  private var start = 0
  private var stage = Stage.head(scanned: 0)
  /// Whether the client waits for `100 Continue`; cleared when that is sent.
  var awaitsContinue = false

  /// The number of bytes that it holds.
  var heldBytes: Int {
    if case .chunked(_, let body) = stage { buffer.count + body.bytes.count } else { buffer.count }
  }

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
      // Removed from `stage` while it grows; otherwise, each piece would copy all of it.
      stage = .head(scanned: start)
      start += try body.take(buffer[start...])
      stage = .chunked(head, body)
      dropUsedBytes()
      return body.isComplete ? RawRequest(head: head, body: body.bytes) : nil
    }
  }

  /// Doesn't keep a large buffer while the connection is idle.
  private mutating func dropUsedBytes() {
    guard start == buffer.count || start > Self.headLimit else { return }
    buffer = Array(buffer[start...])
    start = 0
    if case .head = stage { stage = .head(scanned: 0) }
  }
}

extension RequestReader {
  /// The head at the start of the unused bytes, if it is complete.
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

  /// Some clients end a body with a line break that its length leaves out (RFC 9112, 2.2).
  private mutating func skipEmptyLines() {
    while start < buffer.count, buffer[start] == UInt8(ascii: "\r") || buffer[start] == UInt8(ascii: "\n") {
      start += 1
    }
  }

  /// The start of the line after the first empty line.
  private mutating func endOfHead() -> Int? {
    guard case .head(let scanned) = stage else { return nil }
    // Starts three bytes earlier, because the end may start in what was already scanned.
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

/// Decodes a chunked body as it arrives (RFC 9112, 7.1). Extensions and trailers are read and dropped.
private struct ChunkedBody {
  private enum Stage: Hashable {
    case size
    case data(left: Int)
    case dataEnd
    case trailer
    case done
  }

  private(set) var bytes: [UInt8] = []
  private var stage = Stage.size
  /// The size of size lines and trailers so far: they aren't part of the body, but count toward its limit.
  private var overhead = 0

  var isComplete: Bool { stage == .done }

  /// Consumes as much as possible from the start of `input`; returns the number of bytes.
  mutating func take(_ input: ArraySlice<UInt8>) throws(HTTPRefusal) -> Int {
    var rest = input
    while !isComplete {
      if case .data(let left) = stage {
        guard !rest.isEmpty else { break }
        rest = takeData(rest, left: left)
      } else {
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { break }
        try take(line: rest[..<end])
        rest = rest[(end + 1)...]
      }
    }
    guard rest.count <= Self.lineLimit || isComplete else { throw .badRequest("a chunk's size line is too long") }
    return input.count - rest.count
  }

  private static let lineLimit = 4096

  private mutating func takeData(_ rest: ArraySlice<UInt8>, left: Int) -> ArraySlice<UInt8> {
    let piece = rest.prefix(left)
    bytes += piece
    stage = piece.count == left ? .dataEnd : .data(left: left - piece.count)
    return rest.dropFirst(piece.count)
  }

  private mutating func take(line: ArraySlice<UInt8>) throws(HTTPRefusal) {
    overhead += line.count
    guard overhead <= RequestHead.bodyLimit else { throw .bodyTooLarge }
    let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    switch stage {
    case .size: try takeSize(text)
    case .dataEnd:
      guard text.isEmpty else { throw .badRequest("a chunk is longer than its size") }
      stage = .size
    default: if text.isEmpty { stage = .done }
    }
  }

  private mutating func takeSize(_ text: ArraySlice<UInt8>) throws(HTTPRefusal) {
    let digits = String(decoding: text.prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self).trimmingBlanks
    guard let first = digits.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-"),
      let size = Int(digits, radix: 16)
    else { throw .badRequest("bad chunk size") }
    guard size <= RequestHead.bodyLimit - bytes.count else { throw .bodyTooLarge }
    stage = size == 0 ? .trailer : .data(left: size)
  }
}
