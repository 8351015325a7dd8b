/// Makes rows of JSON objects. Rows that name the same members in the same order share one set of columns.
///
/// Strings are taken as they are, numbers by their spelling, `true` and `false` as these words.
struct JSONRowMaker: Sendable {
  private var columns = ColumnSet.to

  mutating func row(_ value: JSONValue, number: Int, position: TextPosition) throws(RowError) -> Row {
    guard let members = value.object?.members else { throw RowError(.notAnObject, row: number, position: position) }
    do {
      let names = members.map(\.name)
      if names != columns.names { columns = try ColumnSet(names) }
    } catch {
      throw RowError(.repeatedColumn(error.name), row: number, position: position)
    }
    return Row(number: number, position: position, columns: columns, fields: members.map { Row.Field($0.value) })
  }
}

extension Row.Field {
  fileprivate init(_ value: JSONValue) {
    self =
      switch value {
      case .string(let text), .number(let text): .text(text)
      case .bool(let value): .text(String(value))
      case .null: .null
      case .array, .object: .nested
      }
  }
}

extension RowError.Reason {
  /// What is wrong with the JSON of a row; what can be wrong in any format is named alike in all.
  init(_ kind: JSONError.Kind, offset: Int) {
    switch kind {
    case .invalidUTF8: self = .invalidUTF8(offset: offset)
    case .elementTooLong(let limit): self = .rowTooLong(limit: limit)
    default: self = .invalidJSON(kind)
    }
  }
}
