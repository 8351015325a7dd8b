import Messaging
import TextFormats

/// Reads the numbers of a stop list: a list of any format, of which only the numbers matter.
package struct StopListReader {
  private let source: String
  private let rules: NumberRules
  private var column: Int?
  private var columns: ColumnSet?

  /// `source` is what the user calls the list.
  package init(source: String, rules: NumberRules) {
    self.source = source
    self.rules = rules
  }

  /// Takes the header of a list that has one. Throws where no column, or more than one, may hold the numbers.
  package mutating func check(_ header: ColumnSet) throws {
    do {
      column = try ColumnLayout.number(in: header)
      columns = header
    } catch {
      throw InputError(error.problem, at: .file(source))
    }
  }

  /// The numbers of a row: those in its cell, and of one that may be read in two ways both.
  package mutating func numbers(in row: Row) throws -> [PhoneNumber] {
    if columns != row.columns { try check(row.columns) }
    let parts = NumberCell.parts(of: try column.flatMap { try row.text(at: $0) } ?? "")
    return try parts.flatMap { part in try numbers(part, in: row) }
  }

  private func numbers(_ written: String, in row: Row) throws -> [PhoneNumber] {
    guard !written.allSatisfy(\.isWhitespace) else { return [] }
    do {
      return [try PhoneNumber(parsing: written, by: rules)]
    } catch .ambiguous(let numbers) {
      return numbers
    } catch {
      let place = InputError.Place.row(file: source, row: row.number, line: row.position.line)
      throw InputError(.phoneNumber(written, error), at: place)
    }
  }
}
