/// Reads one CSV record (RFC 4180) from the start of what is left of an input.
///
/// A record ends at LF or CR; the LF of a CRLF is left, and looks like a blank line to whoever reads on. That the record
/// is UTF-8 is not checked here.
struct CSVScanner {
  /// What is wrong with a record, and at which index.
  struct Failure: Error {
    var reason: RowError.Reason
    var index: Int
  }

  private let input: InputBuffer
  private let bytes: [UInt8]
  /// Where to read; behind the record after it was read whole.
  private(set) var index: Int

  init(_ input: InputBuffer) {
    self.input = input
    bytes = input.bytes
    index = input.start
  }

  /// The fields of the record; nil where its end has not arrived.
  mutating func record(expecting count: Int) throws(Failure) -> [String]? {
    var fields: [String] = []
    fields.reserveCapacity(count)
    while let field = try field() {
      fields.append(field)
      let hasNext = "," ~= next
      index = min(index + 1, bytes.count)
      if !hasNext { return fields }
    }
    return nil
  }

  /// The byte at the current index; nil at the end.
  private var next: UInt8? {
    index < bytes.count ? bytes[index] : nil
  }

  /// Leaves the index at what ends the field: a comma, a line end, the end of the input.
  private mutating func field() throws(Failure) -> String? {
    "\"" ~= next ? try quotedField() : try plainField()
  }

  private mutating func plainField() throws(Failure) -> String? {
    let start = index
    while let byte = next, !byte.endsField {
      if "\"" ~= byte { throw Failure(reason: .strayQuote, index: index) }
      index += 1
    }
    return next == nil && !input.isFinished ? nil : String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func quotedField() throws(Failure) -> String? {
    let opening = index
    var unescaped: [UInt8] = []
    while let closing = quote(after: index) {
      let run = index + 1..<closing
      index = closing + 1
      switch next {
      case "\"": unescaped += bytes[run.lowerBound...closing]
      case nil where !input.isFinished: return nil
      case let byte? where !byte.endsField: throw Failure(reason: .strayQuote, index: closing)
      default:
        if unescaped.isEmpty { return String(decoding: bytes[run], as: UTF8.self) }
        return String(decoding: unescaped + bytes[run], as: UTF8.self)
      }
    }
    if input.isFinished { throw Failure(reason: .unterminatedQuote, index: opening) }
    return nil
  }

  private func quote(after index: Int) -> Int? {
    var index = index + 1
    while index < bytes.count {
      if "\"" ~= bytes[index] { return index }
      index += 1
    }
    return nil
  }
}

extension UInt8 {
  fileprivate var endsField: Bool {
    switch self {
    case ",", "\n", "\r": true
    default: false
    }
  }
}
