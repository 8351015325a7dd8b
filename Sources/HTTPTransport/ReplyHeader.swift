import CCurl

/// What the header lines of a reply say beyond what libcurl keeps.
struct ReplyHeader {
  /// The empty line at its end was there. Without it libcurl may still call a reply complete.
  private(set) var isWhole = false
  /// Seconds of `Retry-After`, 0 or more; nil without one that makes sense.
  private(set) var retryAfter: Int?

  /// Takes the next line. A status line starts another reply: what an interim one said does not count.
  mutating func read(line: UnsafeRawBufferPointer, now: @autoclosure () -> Int64) {
    if line.starts(with: "HTTP/".utf8) {
      self = ReplyHeader()
    } else if line.first == UInt8(ascii: "\r") || line.first == UInt8(ascii: "\n") {
      isWhole = true
    } else if let value = Self.value(of: "retry-after:", line) {
      retryAfter = Self.seconds(value, now: now())
    }
  }

  /// The value, when it is the line of the header of that name (small letters, with its colon).
  private static func value(of name: String, _ line: UnsafeRawBufferPointer) -> String? {
    let prefix = line.prefix(name.utf8.count).lazy.map { 0x41...0x5a ~= $0 ? $0 | 0x20 : $0 }
    guard prefix.elementsEqual(name.utf8) else { return nil }
    return String(decoding: line.dropFirst(name.utf8.count).trimmingBlanks, as: UTF8.self)
  }

  /// `value` as seconds (RFC 9110, 10.2.3): a number, or a date turned into the time from `now` on.
  private static func seconds(_ value: String, now: Int64) -> Int? {
    guard !value.isEmpty else { return nil }
    if value.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) {
      return min(longest, Int(value) ?? longest)
    }
    let date = ccurl_getdate(value)
    return date < 0 ? nil : min(longest, Int(max(0, Int64(date) - now)))
  }

  /// As good as never, and far from overflowing in anybody's sum.
  private static let longest = 1_000_000_000
}

extension Slice<UnsafeRawBufferPointer> {
  /// Without spaces, tabs and line ends on either side.
  fileprivate var trimmingBlanks: Slice<UnsafeRawBufferPointer> {
    let start = drop { $0 <= 0x20 }
    return start[..<(start.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? start.startIndex)]
  }
}
