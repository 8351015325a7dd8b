import Messaging
import TextFormats

/// Which columns of a row hold what; found once for all rows that have the same.
final class ColumnLayout {
  let columns: ColumnSet
  let number: Int
  /// Nil where a template takes its place.
  let text: Int?
  let from: Int?
  let time: Int?
  let device: Int?

  /// Throws where a column is missing, or where several may be meant.
  init(_ columns: ColumnSet, _ options: PlanOptions) throws(InputError) {
    self.columns = columns
    number = try Self.number(in: columns, chosen: options.toColumn)
    if options.template == nil {
      let chosen = options.messageColumn
      guard let text = try Self.index(of: chosen, or: ColumnNames.text, in: columns, option: "--message-column") else {
        throw InputError(.textColumnMissing(options.messageColumn, known: columns.names))
      }
      self.text = text
    } else {
      text = nil
    }
    from = try Self.optional("from", in: columns)
    time = try Self.optional("at", in: columns)
    device = try Self.optional("device", in: columns)
    for column in options.template?.columns ?? [] { _ = try columns.index(ofPlace: column) }
    if !options.isLiteral { try options.template?.checkPlaces(in: columns) }
  }

  private static func optional(_ name: String, in columns: ColumnSet) throws(InputError) -> Int? {
    let found = columns.indices(like: name)
    guard found.count <= 1 else {
      throw InputError(.severalColumns(found.map { columns.names[$0] }, for: name))
    }
    return found.first
  }

  /// The column that holds the number, by its name alone. Throws where there is none, or more than one.
  static func number(in columns: ColumnSet, chosen: String? = nil) throws(InputError) -> Int {
    guard let number = try index(of: chosen, or: ColumnNames.number, in: columns, option: "--to-column")
    else {
      throw InputError(.numberColumnMissing(chosen, known: columns.names))
    }
    return number
  }

  /// A name that was chosen may say which of two alike is meant; one that is only usual may not.
  private static func index(
    of chosen: String?, or names: [String], in columns: ColumnSet, option: String
  ) throws(InputError) -> Int? {
    let found = indices(of: chosen, or: names, in: columns)
    guard found.count <= 1 else {
      throw InputError(.severalColumns(found.map { columns.names[$0] }, option: option))
    }
    return found.first
  }

  private static func indices(of chosen: String?, or names: [String], in columns: ColumnSet) -> [Int] {
    var found = chosen.map(columns.indices(of:)) ?? []
    for name in chosen == nil ? names : [] { found += columns.indices(like: name).filter { !found.contains($0) } }
    return found
  }

  /// The columns that may hold the number, by their names alone.
  static func numbers(in columns: ColumnSet, chosen: String?) -> [Int] {
    indices(of: chosen, or: ColumnNames.number, in: columns)
  }

  /// The column that a template asks for.
  func index(of column: String) -> Int? { columns.indices(of: column).first }
}

extension ColumnSet {
  /// The column that a place in a template asks for. Throws where more than one may be meant.
  func index(ofPlace column: String) throws(InputError) -> Int? {
    let found = indices(of: column)
    guard found.count <= 1 else {
      throw InputError(.severalColumns(found.map { names[$0] }, forPlace: column))
    }
    return found.first
  }
}

/// The names that columns have in lists of all kinds, compared without case, spaces, `_` and `-`.
package enum ColumnNames {
  package static let number = [
    "to", "number", "phone", "phone number", "mobile", "mobile phone", "mobile number", "cell", "cell phone",
    "telephone", "tel", "msisdn", "recipient", "Phone 1 - Value",
  ]
  static let text = ["message", "body", "text", "sms", "msg"]

  /// Whether an address book has numbers in a column of this name: `Phone 2 - Value`, `Home Phone`, `Business Phone 2`.
  static func isOfAddressBook(_ name: String) -> Bool {
    guard !holdsNumber(name) else { return false }
    var key = ColumnSet.key(of: name)[...]
    if key.hasPrefix("phone"), key.hasSuffix("value") { return key.dropFirst(5).dropLast(5).allSatisfy(\.isASCIIDigit) }
    if let last = key.last, last.isASCIIDigit { key = key.dropLast() }
    return key.hasSuffix("phone")
  }

  /// Whether a name has as many digits as a phone number has: it is no name then, but a cell of a list without a header.
  static func holdsNumber(_ name: String) -> Bool {
    name.unicodeScalars.count { $0.properties.numericType == .decimal } >= 7
  }
}
