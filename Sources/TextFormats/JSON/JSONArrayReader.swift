/// Reads the elements of a JSON array (RFC 8259) one at a time, from bytes that arrive in pieces of any size.
///
/// It holds one element and the last piece, however long the array is. Whoever reads the bytes drives it:
///
///     while true {
///       while let element = try reader.next() { … }
///       if reader.isFinished { break }
///       if let piece = try read() { reader.append(piece) } else { reader.finish() }
///     }
public struct JSONArrayReader: Sendable {
  /// One element of the array.
  public struct Element: Hashable, Sendable {
    public var value: JSONValue
    /// Where its first byte is.
    public var position: TextPosition
  }

  private enum Stage {
    case beforeArray, beforeFirst, beforeElement, inElement, afterElement, afterArray
  }

  /// The most bytes that one element may have.
  public let elementLimit: Int
  /// Whether the last byte has been appended.
  public private(set) var isFinished = false

  private var stage = Stage.beforeArray
  private var scanner = JSONElementScanner()
  /// What has arrived and not been read.
  private var rest: ArraySlice<UInt8> = []
  /// Where `rest` starts.
  private var offset = 0
  private var position = TextPosition()

  public init(elementLimit: Int = 1 << 20) {
    self.elementLimit = elementLimit
  }

  /// Adds the bytes that follow those appended before.
  public mutating func append(_ piece: some Collection<UInt8>) {
    rest += piece
  }

  /// Says that no more bytes follow.
  public mutating func finish() {
    isFinished = true
  }

  /// The next element; nil while it has not arrived whole, and for good once the array is at its end.
  ///
  /// That the array was not cut off, and that nothing follows it, is certain when nil comes after `finish`.
  public mutating func next() throws(JSONError) -> Element? {
    while stage != .inElement {
      guard try skipToByte() else { return nil }
      switch stage {
      case .beforeArray: try expect("[", .expectedArray, then: .beforeFirst)
      case .beforeFirst: stage = take("]") ? .afterArray : .inElement
      case .beforeElement: stage = .inElement
      case .inElement: break
      case .afterElement:
        if take("]") { stage = .afterArray } else { try expect(",", .expectedCommaOrBracket, then: .beforeElement) }
      case .afterArray: throw failure(.trailingContent)
      }
    }
    return try element()
  }
}

extension JSONArrayReader {
  /// Skips white space; false where more bytes have to arrive first.
  private mutating func skipToByte() throws(JSONError) -> Bool {
    if offset == 0, !skippedByteOrderMark() { return false }
    skip(rest.prefix(while: \.isJSONWhitespace).count)
    if rest.isEmpty, isFinished, stage != .afterArray { throw failure(.unexpectedEnd) }
    return !rest.isEmpty
  }

  /// False where more bytes have to arrive to tell whether there is one.
  private mutating func skippedByteOrderMark() -> Bool {
    guard rest.count >= 3 || isFinished else { return false }
    let length = Array(rest.prefix(3)).byteOrderMarkLength
    rest.removeFirst(length)
    offset += length
    return true
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar ~= rest.first else { return false }
    skip(1)
    return true
  }

  private mutating func expect(_ scalar: Unicode.Scalar, _ kind: JSONError.Kind, then next: Stage) throws(JSONError) {
    guard take(scalar) else { throw failure(kind) }
    stage = next
  }

  /// The element that `rest` starts with; nil where its end has not arrived.
  private mutating func element() throws(JSONError) -> Element? {
    let isWhole = scanner.findEnd(in: rest) || isFinished
    guard scanner.length <= elementLimit else { throw failure(.elementTooLong(limit: elementLimit)) }
    guard isWhole else { return nil }
    var parser = JSONParser(Array(rest.prefix(scanner.length + 1)), depth: 1)
    do {
      let element = Element(value: try parser.value(), position: position)
      skip(parser.offset)
      scanner = JSONElementScanner()
      stage = .afterElement
      return element
    } catch {
      skip(error.offset)
      throw failure(error.kind)
    }
  }

  private mutating func skip(_ count: Int) {
    position.advance(over: rest.prefix(count))
    rest.removeFirst(count)
    offset += count
  }

  private func failure(_ kind: JSONError.Kind) -> JSONError {
    JSONError(kind, offset: offset, position: position)
  }
}
