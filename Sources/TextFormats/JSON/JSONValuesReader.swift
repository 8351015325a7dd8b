/// Reads JSON values (RFC 8259) one at a time from bytes that arrive in pieces of any size: consecutive values, with
/// any white space between them, and the elements of arrays instead of the arrays.
///
/// Holds one value and the last piece, however long the input is. Drive it like a `RowReader`.
public struct JSONValuesReader: Sendable {
  /// A value, or an element of an array.
  public struct Element: Hashable, Sendable {
    public var value: JSONValue
    /// The position of its first byte.
    public var position: TextPosition
  }

  private enum Stage {
    case betweenValues, beforeFirst, beforeElement, inElement, afterElement
  }

  /// The maximum size of an element, in bytes.
  public let elementLimit: Int
  /// Whether the last byte has been appended.
  public var isFinished: Bool { input.isFinished }

  /// Whether what has arrived so far ends with a complete value, or is empty.
  var isBetweenValues: Bool { stage == .betweenValues && input.unused.isEmpty }
  /// The position of the first byte that has not been read as part of a value.
  var position: TextPosition { input.position }

  private var stage = Stage.betweenValues
  private(set) var isInArray = false
  private var scanner = JSONElementScanner()
  private var input = InputBuffer()

  public init(elementLimit: Int = 1 << 20) {
    self.elementLimit = elementLimit
  }

  /// Reads the part of an input that starts at this position, after this many bytes.
  init(elementLimit: Int, startingAt position: TextPosition, offset: Int) {
    self.elementLimit = elementLimit
    input = InputBuffer(startingAt: position, offset: offset)
  }

  /// Adds the next bytes of the input.
  public mutating func append(_ piece: some Collection<UInt8>) {
    input.append(piece)
  }

  /// Marks the end of the input.
  public mutating func finish() {
    input.finish()
  }

  /// Returns the next element; nil if it is incomplete, and after the last one.
  ///
  /// Nil after `finish` means that all values are complete.
  public mutating func next() throws(JSONError) -> Element? {
    while stage != .inElement {
      guard let byte = try nextByte() else { return nil }
      switch (stage, byte) {
      case (.betweenValues, 0x5B): advance(to: .beforeFirst, isInArray: true)
      case (.beforeFirst, 0x5D), (.afterElement, 0x5D): advance(to: .betweenValues, isInArray: false)
      case (.betweenValues, _), (.beforeFirst, _), (.beforeElement, _), (.inElement, _): stage = .inElement
      case (.afterElement, 0x2C): advance(to: .beforeElement, isInArray: true)
      case (.afterElement, _): throw failure(.expectedCommaOrBracket)
      }
    }
    return try element()
  }

  /// The next byte that isn't white space; nil if it has not arrived.
  private mutating func nextByte() throws(JSONError) -> UInt8? {
    // Wait for a complete byte order mark, the start of which doesn't look like white space.
    if input.offset == 0, input.unused.count < 3, !isFinished { return nil }
    input.use(upTo: input.unused.firstIndex { !$0.isJSONWhitespace } ?? input.bytes.count)
    if input.unused.isEmpty, isFinished, stage != .betweenValues { throw failure(.unexpectedEnd) }
    return input.unused.first
  }

  private mutating func advance(to next: Stage, isInArray: Bool) {
    input.use(upTo: input.start + 1)
    (stage, self.isInArray) = (next, isInArray)
  }

  /// The element at the beginning of the unused bytes; nil if its end has not arrived.
  private mutating func element() throws(JSONError) -> Element? {
    let isWhole = scanner.findEnd(in: input.unused, isInArray: isInArray) || isFinished
    guard scanner.length <= elementLimit else { throw failure(.elementTooLong(limit: elementLimit)) }
    guard isWhole else { return nil }
    var parser = JSONParser(Array(input.unused.prefix(scanner.length + 1)))
    do {
      let element = Element(value: try parser.value(depth: 1), position: input.position)
      input.use(upTo: input.start + parser.offset)
      scanner = JSONElementScanner()
      stage = isInArray ? .afterElement : .betweenValues
      return element
    } catch {
      input.use(upTo: input.start + error.offset)
      throw failure(error.kind)
    }
  }

  private func failure(_ kind: JSONError.Kind) -> JSONError {
    JSONError(kind, offset: input.offset, position: input.position)
  }
}

/// Finds the end of a value without validating it, and resumes where it stopped when more bytes arrive.
private struct JSONElementScanner: Sendable {
  /// The number of bytes known to be inside the element.
  private(set) var length = 0
  private var depth = 0
  private var isInString = false
  private var isEscaped = false

  /// Whether these bytes, which start with the element, include the byte after it. Outside an array, a value also
  /// ends at white space or after its closing bracket, brace or quote.
  mutating func findEnd(in bytes: ArraySlice<UInt8>, isInArray: Bool) -> Bool {
    for byte in bytes.dropFirst(length) {
      if isInString {
        scanInString(byte)
      } else if scan(byte) || !isInArray && depth == 0 && byte.isJSONWhitespace {
        return true
      }
      length += 1
      if !isInArray, depth == 0, !isInString, byte == 0x7D || byte == 0x5D || byte == 0x22 { return true }
    }
    return false
  }

  private mutating func scanInString(_ byte: UInt8) {
    if isEscaped {
      isEscaped = false
    } else if "\\" ~= byte {
      isEscaped = true
    } else if "\"" ~= byte {
      isInString = false
    }
  }

  /// Whether this byte, outside strings, is no longer part of the element.
  private mutating func scan(_ byte: UInt8) -> Bool {
    switch byte {
    case "\"": isInString = true
    case "[", "{": depth += 1
    case ",": return depth == 0
    case "]", "}":
      if depth == 0 { return true }
      depth -= 1
    default: break
    }
    return false
  }
}
