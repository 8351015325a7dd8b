import TextFormats

extension RowError {
  package var words: String {
    switch reason {
    case .invalidUTF8(let offset): "it is not UTF-8 at byte \(offset)"
    case .rowTooLong(let limit): "a row is longer than \(limit) bytes; perhaps a quote was left open"
    case .repeatedColumn(let name): "the column '\(name)' is there twice"
    case .missingHeader: "it is empty, and CSV needs at least a header"
    case .strayQuote:
      "a double quote stands where none may be (column \(position.column)); inside quotes write it twice"
    case .unterminatedQuote: "a quote is opened and never closed"
    case .raggedRow(let fields, let columns): "it has \(counted(fields, "field")), and the header has \(columns)"
    case .invalidJSON(let kind): JSONError(kind, offset: 0, position: position).reason
    case .notAnObject: "it is no JSON object"
    case .nestedValue(let column): "the value of '\(column)' is an array or object, and not a text"
    }
  }
}
