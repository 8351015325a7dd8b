/// Why an input is not rows of named fields, and where.
public struct RowError: Error, Hashable, Sendable {
  /// What is wrong at the place that the error names.
  public enum Reason: Hashable, Sendable {
    /// `offset` bytes of the input, a byte order mark included, come before the first that is not UTF-8.
    case invalidUTF8(offset: Int)
    /// A row did not end within this many bytes; in CSV often because a quote was left open.
    case rowTooLong(limit: Int)
    /// Two columns of a header, or two members of an object, have the same name.
    case repeatedColumn(String)

    /// CSV that is empty: not even a header.
    case missingHeader
    /// A double quote inside a field that is not quoted, or text after the closing quote.
    case strayQuote
    /// The input ends inside a quoted field; the place is that of the opening quote.
    case unterminatedQuote
    /// A row has more or fewer fields than the header has columns.
    case raggedRow(fields: Int, columns: Int)

    case invalidJSON(JSONError.Kind)
    /// A line or element that is JSON, but not an object.
    case notAnObject
    /// A field that is asked for holds an array or an object.
    case nestedValue(column: String)
  }

  public var reason: Reason
  /// 1 for the first row of data; nil where it is about none: the header, or the input as a whole.
  public var row: Int?
  public var position: TextPosition

  public init(_ reason: Reason, row: Int?, position: TextPosition) {
    self.reason = reason
    self.row = row
    self.position = position
  }
}
