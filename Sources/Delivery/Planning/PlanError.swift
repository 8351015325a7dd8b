import Ledger
import Messaging
import TextFormats

/// Why an input cannot be sent; nothing has left.
public enum PlanError: Error, Hashable, Sendable {
  /// A row is bad. `position` is where it starts.
  case row(number: Int, position: TextPosition, RowProblem)
  /// The template asks for a column that the input, or no row of it, has. `columns` are those there are.
  case unknownColumn(String, columns: [String])
  /// The header has none of the columns of which one is needed.
  case noColumn(names: [String], columns: [String])
  case ledger(LedgerError)
}

/// What keeps one row from being sent.
public enum RowProblem: Error, Hashable, Sendable {
  /// It has none of these columns, or nothing in them.
  case missing(columns: [String])
  case number(PhoneNumberError, written: String)
  case text(MessageTextError)
  /// The column `at`: not a time, or not one to send at, in the caller's words.
  case time(written: String, reason: String)
  /// The column `device`: not `ID` or `ID:SIM`, perhaps several with spaces between.
  case device(written: String)
  /// The column `from`: CR, LF or NUL in it.
  case sender
  /// A JSON array or object where a text is needed.
  case nested(column: String)
  case objection(SendObjection)
  /// The text takes more segments than `PlanOptions.maxSegments`.
  case tooManySegments(SegmentExcess)
  /// The row asks for something that this provider cannot do.
  case unsupported(SendFeature)
}
