/// Rows of JSON: values one after another, and the elements of arrays.
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

/// Rows of JSON Lines: one value per line. Blank lines are skipped, and a line that is not JSON spoils no other.
struct JSONLinesRowParser: RowParser {
  let columns: ColumnSet? = nil
  private var lines = LineReader()
  private var maker = JSONRowMaker()

  mutating func append(_ piece: some Collection<UInt8>) {
    lines.append(piece)
  }

  mutating func finish() {
    lines.finish()
  }

  mutating func next() throws(RowError) -> Row? {
    guard let line = try lines.next() else { return nil }
    return try maker.row(try value(of: line), number: line.number, position: line.position)
  }

  private func value(of line: LineReader.Line) throws(RowError) -> JSONValue {
    do {
      return try JSONValue(parsing: line.bytes)
    } catch {
      var failure = line.error(RowError.Reason(error.kind, offset: line.offset + error.offset), at: error.offset)
      failure.isOfOneLine = true
      throw failure
    }
  }
}

/// Makes rows of JSON values: of an object, whose members are columns, or of a text, which is a number to send to. Rows
/// that name the same members in the same order share one set of columns.
///
/// Strings are taken as they are, numbers as they are spelled, `true` and `false` as these words.
private struct JSONRowMaker: Sendable {
  private var columns = ColumnSet.to

  mutating func row(_ value: JSONValue, number: Int, position: TextPosition) throws(RowError) -> Row {
    if let text = value.text {
      return Row(number: number, position: position, columns: .to, fields: [.text(text)])
    }
    guard let members = value.object?.members else { throw RowError(.notAnObject, row: number, position: position) }
    let names = members.map(\.name)
    if names != columns.names {
      columns = ColumnSet(names: names)
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
  /// What is wrong with the JSON of a row; what can be wrong in any format has the same name in all.
  fileprivate init(_ kind: JSONError.Kind, offset: Int) {
    switch kind {
    case .invalidUTF8: self = .invalidUTF8(offset: offset, field: [])
    case .elementTooLong(let limit): self = .rowTooLong(limit: limit)
    default: self = .invalidJSON(kind)
    }
  }
}
