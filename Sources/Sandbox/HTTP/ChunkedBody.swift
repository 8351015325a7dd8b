/// Takes a body in chunks apart as it arrives (RFC 9112, 7.1). Extensions and trailers are read and dropped.
struct ChunkedBody {
  private enum Stage: Hashable {
    case size
    case data(left: Int)
    case dataEnd
    case trailer
    case done
  }

  private(set) var bytes: [UInt8] = []
  private var stage = Stage.size
  /// Bytes of size lines and trailers so far, which count for nothing but have to end.
  private var overhead = 0

  var isComplete: Bool { stage == .done }

  /// Takes what it can from the start of `input`; returns how many bytes that were.
  mutating func take(_ input: ArraySlice<UInt8>) throws(HTTPRefusal) -> Int {
    var rest = input
    while !isComplete {
      if case .data(let left) = stage {
        guard !rest.isEmpty else { break }
        rest = takeData(rest, left: left)
      } else {
        guard let line = Self.line(in: rest) else { break }
        rest = rest[(line.endIndex + 1)...]
        try take(line: line)
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

  private static func line(in bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    bytes.firstIndex(of: UInt8(ascii: "\n")).map { bytes[..<$0] }
  }
}
