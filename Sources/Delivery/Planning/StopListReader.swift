import Messaging
import TextFormats

/// Reads the numbers of a stop list, a list in any format of which only the numbers matter.
///
/// Unless the user names a column, all columns that hold numbers count, regardless of their names: no one on the list
/// may get a message.
package struct StopListReader {
  private static let columnOption = "--suppress-column"

  private let source: String
  private let rules: NumberRules
  /// The column that the user named for this list.
  private let chosen: String?
  /// The column that the user named for the list of recipients, which this list may have, too.
  private let shared: String?
  private var numberColumns: [Int] = []
  private var columns: ColumnSet?
  private var header: ColumnSet?
  private var badRows: BadRows
  private var hasRows = false
  private var hasNumbers = false

  /// `source` is what the user calls the list.
  package init(source: String, rules: NumberRules, column: String? = nil, sharedColumn: String? = nil) {
    self.source = source
    self.rules = rules
    chosen = column
    shared = sharedColumn
    badRows = BadRows.ofStopList(source)
  }

  /// Notes the columns that all rows have.
  package mutating func check(_ header: ColumnSet) { self.header = header }

  /// The numbers in a row's cells; both readings of an ambiguous one.
  package mutating func numbers(in row: Row) throws -> [PhoneNumber] {
    hasRows = true
    if columns != row.columns { try findColumns(in: row.columns, candidates: row.numberCandidates(by: rules)) }
    var numbers: [PhoneNumber] = []
    do {
      for column in numberColumns {
        for part in NumberCell.parts(of: try text(at: column, of: row)) { numbers += try self.numbers(part) }
      }
    } catch {
      badRows.add(row: row.number, line: row.position.line, error.problem)
    }
    if chosen == nil { numbers += numbersElsewhere(in: row) }
    if !numbers.isEmpty { hasNumbers = true }
    return numbers
  }

  /// The phone numbers in columns whose names don't suggest any; anything else in them is ignored.
  private func numbersElsewhere(in row: Row) -> [PhoneNumber] {
    let others = row.columns.names.indices.filter { !numberColumns.contains($0) }
    let parts = others.flatMap { NumberCell.parts(of: (try? text(at: $0, of: row)) ?? "") }
    return parts.flatMap { (try? numbers($0)) ?? [] }.filter { !$0.isShortCode }
  }

  /// Notes an unreadable row that readable ones may follow.
  package mutating func refuse(_ error: RowError) {
    badRows.add(row: error.row, line: error.position.line, error.problem(ofStopList: true))
  }

  /// Throws if it is unclear who must not get a message.
  package mutating func finish() throws {
    if let error = badRows.error { throw error }
    if !hasRows, let header { try findColumns(in: header, candidates: []) }
    guard hasNumbers || !hasRows else { throw InputError(.noNumbers, at: .file(source)) }
  }

  private mutating func findColumns(in columns: ColumnSet, candidates: [String]) throws {
    numberColumns = chosen.map(columns.indices(of:)) ?? columns.names.indices.filter { isOfNumbers(columns.names[$0]) }
    guard !numberColumns.isEmpty else { throw InputError(missing(in: columns, candidates), at: .file(source)) }
    self.columns = columns
  }

  /// Whether a column holds numbers, judging by its name.
  private func isOfNumbers(_ name: String) -> Bool {
    let known = ColumnNames.number + [shared].compactMap { $0 }
    return known.contains { ColumnSet.key(of: $0) == ColumnSet.key(of: name) } || ColumnNames.isOfAddressBook(name)
  }

  /// The error if no column holds numbers. A header without rows may really be a number with a note.
  private func missing(in columns: ColumnSet, _ candidates: [String]) -> InputError.Problem {
    let mayBeRow = !hasRows || columns.names.contains(where: ColumnNames.holdsNumber)
    guard chosen == nil, mayBeRow else {
      return .numberColumnMissing(
        chosen, known: columns.names, candidates: hasRows ? candidates : nil, option: Self.columnOption)
    }
    return .noNumberInLine(columns.names)
  }

  private func text(at column: Int, of row: Row) throws(InputError) -> String {
    do {
      return try row.text(at: column) ?? ""
    } catch {
      throw InputError(error.problem)
    }
  }

  private func numbers(_ written: String) throws(InputError) -> [PhoneNumber] {
    guard !written.allSatisfy(\.isWhitespace) else { return [] }
    do {
      return [try PhoneNumber(parsing: written, by: rules)]
    } catch .ambiguous(let numbers) {
      return numbers
    } catch {
      throw InputError(.phoneNumber(written, error))
    }
  }
}

extension InputError.Problem {
  fileprivate static func noNumberInLine(_ cells: [String]) -> Self {
    Self(
      "the first line is neither a phone number nor a header: '\(cells.joined(separator: ", ").prefix(60))'",
      hint: "write one number per line, and notes after ' #'")
  }

  fileprivate static let noNumbers = Self(
    "no phone numbers found", hint: "name the column: --suppress-column NAME")
}

extension InputError.Problem {
  package static var stopListExamples: [Self] { [noNumberInLine(["Opted out", "since"]), noNumbers] }
}
