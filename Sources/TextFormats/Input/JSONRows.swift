/// Rows of JSON: consecutive values, and the elements of arrays.
struct JSONRowParser: RowParser {
  let columns: ColumnSet? = nil
  private var reader = JSONValuesReader(elementLimit: RowReader.rowLimit)
  private var maker = JSONRowMaker()
  private var rows = 0

  mutating func append(_ piece: some Collection<UInt8>) {
    reader.append(piece)
  }

  mutating func finish() {
    reader.finish()
  }

  mutating func next() throws(RowError) -> Row? {
    guard let element = try nextElement() else { return nil }
    rows += 1
    return try maker.row(element.value, number: rows, position: element.position)
  }

  private mutating func nextElement() throws(RowError) -> JSONValuesReader.Element? {
    do {
      return try reader.next()
    } catch {
      throw RowError(RowError.Reason(error.kind, offset: error.offset), row: rows + 1, position: error.position)
    }
  }
}

/// Rows of JSON Lines: one value per line. Blank lines are skipped, and a line that is not JSON doesn't affect others.
///
/// Also accepts values that span several lines, as printed by `jq`, several values on a line, and elements of arrays.
struct JSONLinesRowParser: RowParser {
  let columns: ColumnSet? = nil
  private var lines = LineReader()
  private var maker = JSONRowMaker()
  private var rows = 0
  /// Reads lines with anything but a single value.
  private var values: JSONValuesReader?
  /// The number of lines passed to it so far.
  private var lineCount = 0
  /// A line that was read too early.
  private var held: LineReader.Line?

  mutating func append(_ piece: some Collection<UInt8>) {
    lines.append(piece)
  }

  mutating func finish() {
    lines.finish()
  }

  mutating func next() throws(RowError) -> Row? {
    while true {
      if let row = try rowOfValues() { return row }
      guard let line = try nextLine() else { return nil }
      if values != nil { try goOn(with: line) } else if let row = try row(of: line) { return row }
    }
  }

  /// The next line; nil if it is incomplete, and after the last one.
  private mutating func nextLine() throws(RowError) -> LineReader.Line? {
    if let line = held {
      held = nil
      return line
    }
    if let line = try lines.next() { return line }
    guard lines.isAtEnd, values != nil else { return nil }
    // It is unknown how many rows it has swallowed.
    throw cutValue(isOfOneLine: lineCount == 1)
  }

  /// The row of a line's value; nil for a line with anything else, from which `values` reads on.
  private mutating func row(of line: LineReader.Line) throws(RowError) -> Row? {
    if let value = try value(of: line), value.array == nil {
      rows += 1
      return try maker.row(value, number: rows, position: line.position)
    }
    lineCount = 0
    values = JSONValuesReader(elementLimit: RowReader.rowLimit, startingAt: line.position, offset: line.offset)
    try goOn(with: line)
    return nil
  }

  /// The only value of a line; nil if there are several, or if it continues.
  private mutating func value(of line: LineReader.Line) throws(RowError) -> JSONValue? {
    do {
      return try JSONValue(parsing: line.bytes)
    } catch {
      if line.bytes.holdsSeveralValues || line.bytes.startsLongValue(error) { return nil }
      rows += 1
      throw unusable(line, error)
    }
  }

  private func unusable(_ line: LineReader.Line, _ error: JSONError) -> RowError {
    let reason = RowError.Reason(error.kind, offset: line.offset + error.offset)
    var failure = RowError(reason, row: rows, position: line.position.advanced(over: line.bytes.prefix(error.offset)))
    failure.isOfOneLine = true
    return failure
  }
}

// MARK: - Values that are not one a line

extension JSONLinesRowParser {
  /// Continues reading, unless this line begins with a value while another is open: that one was cut off.
  private mutating func goOn(with line: LineReader.Line) throws(RowError) {
    if let values, !values.isBetweenValues, !values.isInArray, line.bytes.first == UInt8(ascii: "{") {
      held = line
      throw cutValue(isOfOneLine: true)
    }
    lineCount += 1
    values?.append(line.bytes)
    values?.append([UInt8(ascii: "\n")])
  }

  private mutating func cutValue(isOfOneLine: Bool) -> RowError {
    rows += 1
    var failure = RowError(.invalidJSON(.unexpectedEnd), row: rows, position: values?.position ?? TextPosition())
    failure.isOfOneLine = isOfOneLine
    values = nil
    return failure
  }

  private mutating func rowOfValues() throws(RowError) -> Row? {
    // Moved rather than copied.
    guard var reader = values.take() else { return nil }
    let element: JSONValuesReader.Element?
    do {
      element = try reader.next()
    } catch {
      throw RowError(RowError.Reason(error.kind, offset: error.offset), row: rows + 1, position: error.position)
    }
    if element != nil || !reader.isBetweenValues { values = reader }
    guard let element else { return nil }
    rows += 1
    return try maker.row(element.value, number: rows, position: element.position)
  }
}

extension ArraySlice<UInt8> {
  /// Whether there are consecutive values on this line, the last of which may be incomplete.
  fileprivate var holdsSeveralValues: Bool {
    var parser = JSONParser(Array(self))
    var count = 0
    do {
      parser.skipWhitespace()
      while parser.next != nil {
        _ = try parser.value(depth: 0)
        count += 1
        parser.skipWhitespace()
      }
    } catch {
      return count > 0 && startsLongValue(error)
    }
    return count > 1
  }

  /// Whether the only problem with this line is that its value continues; a string can't continue on another line.
  fileprivate func startsLongValue(_ error: JSONError) -> Bool {
    guard error.kind == .unexpectedEnd else { return false }
    var (isInText, isEscaped) = (false, false)
    for byte in self {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = isInText
      } else if byte == UInt8(ascii: "\"") {
        isInText.toggle()
      }
    }
    return !isInText
  }
}

/// Makes rows of JSON values: an object, whose members are columns, or a string, which is a recipient's number. Rows
/// with the same members in the same order share a set of columns.
///
/// Strings are taken as they are, numbers as written, `true` and `false` as these words.
private struct JSONRowMaker: Sendable {
  private var columns = ColumnSet.to

  mutating func row(_ value: JSONValue, number: Int, position: TextPosition) throws(RowError) -> Row {
    if let text = value.text {
      return Row(number: number, position: position, columns: .to, fields: [.text(text)])
    }
    guard let members = value.object?.members else { throw RowError(.notAnObject, row: number, position: position) }
    if !members.elementsEqual(columns.names, by: { $0.name == $1 }) {
      columns = ColumnSet(names: members.map(\.name))
      if let name = columns.repeatedName { throw RowError(.repeatedColumn(name), row: number, position: position) }
    }
    return Row(number: number, position: position, columns: columns, fields: members.map { Row.Field($0.value) })
  }
}

extension Row.Field {
  fileprivate init(_ value: JSONValue) {
    self =
      switch value {
      case .string(let text): .text(text)
      case .number(let digits): .number(digits)
      case .bool(let value): .text(String(value))
      case .null: .null
      case .array, .object: .nested
      }
  }
}

extension RowError.Reason {
  /// What is wrong with the JSON of a row; problems common to all formats have the same name in each.
  fileprivate init(_ kind: JSONError.Kind, offset: Int) {
    switch kind {
    case .invalidUTF8: self = .invalidUTF8(offset: offset, field: [])
    case .elementTooLong(let limit): self = .rowTooLong(limit: limit)
    default: self = .invalidJSON(kind)
    }
  }
}
