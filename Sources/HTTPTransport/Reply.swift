import CCurl
import Messaging
import Platform

/// A reply as it arrives: its body, and header values that libcurl doesn't keep.
struct Reply {
  private(set) var body: [UInt8]
  /// The value of `Retry-After` in seconds, 0 or more; nil if missing or invalid.
  private(set) var retryAfter: Int?
  /// The server's time; nil if missing or invalid.
  private(set) var date: Timestamp?
  /// Whether the empty line after the header arrived. Without it, libcurl may still report a reply as complete.
  private(set) var isHeaderWhole: Bool
  private var size: Int
  private let cap: Int

  /// An empty reply that accepts `cap` bytes, including the header.
  init(cap: Int) {
    (body, isHeaderWhole, size, self.cap) = ([], false, 0, cap)
  }

  var isOverCap: Bool { size > cap }

  /// Takes the next line of the header; returns its size in bytes, 0 if the cap is exceeded.
  mutating func takeHeader(_ line: UnsafeRawBufferPointer) -> Int {
    switch line.first {
    case UInt8(ascii: "H") where line.starts(with: "HTTP/".utf8):
      // A status line begins another reply, so the values of an interim one don't count.
      (isHeaderWhole, retryAfter, date) = (false, nil, nil)
    case UInt8(ascii: "\r"), UInt8(ascii: "\n"): isHeaderWhole = true
    case UInt8(ascii: "R"), UInt8(ascii: "r"):
      if let value = value(of: "retry-after:", line) { retryAfter = seconds(value) }
    case UInt8(ascii: "D"), UInt8(ascii: "d"):
      if let value = value(of: "date:", line) { date = moment(value) }
    default: break
    }
    return count(line)
  }

  /// Takes bytes of the body; returns how many, 0 if the cap is exceeded.
  mutating func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    let count = count(bytes)
    if count > 0 { body.append(contentsOf: bytes) }
    return count
  }

  private mutating func count(_ bytes: UnsafeRawBufferPointer) -> Int {
    size += bytes.count
    return isOverCap ? 0 : bytes.count
  }

  /// The value, if this is a line of the header with that name (lowercase, including its colon).
  private func value(of name: String, _ line: UnsafeRawBufferPointer) -> String? {
    let prefix = line.prefix(name.utf8.count).lazy.map { 0x41...0x5a ~= $0 ? $0 | 0x20 : $0 }
    guard prefix.elementsEqual(name.utf8) else { return nil }
    return String(decoding: line.dropFirst(name.utf8.count).trimmingBlanks, as: UTF8.self)
  }

  /// Reads `value` in seconds (RFC 9110, 10.2.3): a number, or a date converted to the time until then.
  private func seconds(_ value: String) -> Int? {
    // Practically never, but small enough that sums don't overflow.
    let longest = 1_000_000_000
    guard !value.isEmpty else { return nil }
    if value.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) {
      return min(longest, Int(value) ?? longest)
    }
    return moment(value).map { min(longest, Int(max(0, $0.unixSeconds - SystemClock.now().unixSeconds))) }
  }

  /// Reads an HTTP date, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
  private func moment(_ value: String) -> Timestamp? {
    let seconds = ccurl_getdate(value)
    return seconds < 0 ? nil : Timestamp(unixSeconds: Int64(seconds))
  }
}

extension Slice<UnsafeRawBufferPointer> {
  /// Without leading and trailing spaces, tabs and line ends.
  fileprivate var trimmingBlanks: Slice<UnsafeRawBufferPointer> {
    let start = drop { $0 <= 0x20 }
    return start[..<(start.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? start.startIndex)]
  }
}
