import Messaging
import TextFormats

/// Which column holds what; worked out once for all rows with the same columns.
final class ColumnLayout {
  let columns: ColumnSet
  let number: Int
  /// Nil if a template is used instead.
  let text: Int?
  let from: Int?
  let time: Int?
  let device: Int?

  /// Throws if a column is missing or ambiguous.
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

  /// The column that holds the number, judging by names alone. Throws if there is none, or more than one.
  static func number(in columns: ColumnSet, chosen: String? = nil) throws(InputError) -> Int {
    guard let number = try index(of: chosen, or: ColumnNames.number, in: columns, option: "--to-column")
    else {
      throw InputError(.numberColumnMissing(chosen, known: columns.names))
    }
    return number
  }

  /// A name that the user chose may pick one of two similar columns; a default name may not.
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

  /// The columns that may hold the number, judging by names alone.
  static func numbers(in columns: ColumnSet, chosen: String?) -> [Int] {
    indices(of: chosen, or: ColumnNames.number, in: columns)
  }

  /// The column that a placeholder names.
  func index(of column: String) -> Int? { columns.indices(of: column).first }
}

extension ColumnSet {
  /// The column that a placeholder names. Throws if more than one matches.
  func index(ofPlace column: String) throws(InputError) -> Int? {
    let found = indices(of: column)
    guard found.count <= 1 else {
      throw InputError(.severalColumns(found.map { names[$0] }, forPlace: column))
    }
    return found.first
  }
}

/// The usual column names in lists of all kinds, compared without case, spaces, `_` and `-`.
package enum ColumnNames {
  package static let number = [
    "to", "number", "phone", "phone number", "mobile", "mobile phone", "mobile number", "cell", "cell phone",
    "telephone", "tel", "msisdn", "recipient", "Phone 1 - Value",
  ]
  static let text = ["message", "body", "text", "sms", "msg"]

  /// Whether address books keep numbers in such a column: `Phone 2 - Value`, `Home Phone`, `Business Phone 2`.
  static func isOfAddressBook(_ name: String) -> Bool {
    guard !holdsNumber(name) else { return false }
    var key = ColumnSet.key(of: name)[...]
    if key.hasPrefix("phone"), key.hasSuffix("value") { return key.dropFirst(5).dropLast(5).allSatisfy(\.isASCIIDigit) }
    if let last = key.last, last.isASCIIDigit { key = key.dropLast() }
    return key.hasSuffix("phone")
  }

  /// Whether a name has as many digits as a phone number: then it is a cell of a list without a header, not a name.
  static func holdsNumber(_ name: String) -> Bool {
    name.unicodeScalars.count { $0.properties.numericType == .decimal } >= 7
  }
}
