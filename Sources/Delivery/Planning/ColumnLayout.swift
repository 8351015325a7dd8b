import Messaging
import TextFormats

/// Which columns of a row hold what; found once for all rows that have the same.
struct ColumnLayout {
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
    from = columns.indices(of: "from").first
    time = columns.indices(of: "at").first
    device = columns.indices(of: "device").first
    if !options.isLiteral { try options.template?.checkPlaces(in: columns) }
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
    var found = chosen.map(columns.indices(of:)) ?? []
    for name in chosen == nil ? names : [] { found += columns.indices(like: name).filter { !found.contains($0) } }
    guard found.count <= 1 else {
      throw InputError(.severalColumns(found.map { columns.names[$0] }, option: option))
    }
    return found.first
  }

  /// The column that a template asks for.
  func index(of column: String) -> Int? { columns.indices(of: column).first }
}

/// The names that columns have in lists of all kinds, compared without case, spaces, `_` and `-`.
enum ColumnNames {
  static let number = [
    "to", "number", "phone", "phone number", "mobile", "mobile phone", "mobile number", "cell", "cell phone",
    "telephone", "tel", "msisdn", "recipient", "Phone 1 - Value",
  ]
  static let text = ["message", "body", "text", "sms", "msg"]
}

extension Template {
  /// Placeholders of other tools.
  private static let foreignPlaces = [
    ("${", "}"), ("{", "}"), ("%", "%"), ("((", "))"), ("[", "]"), ("#", "#"), ("<", ">"),
  ]

  /// Throws where a text between the places has a column's name in it as other tools write it: `{name}`, `%name%`.
  fileprivate func checkPlaces(in columns: ColumnSet) throws(InputError) {
    for literal in literals {
      // Braces a template writes out stand for themselves.
      let literal = literal.replacing("{{", with: "")
      for (opening, closing) in Self.foreignPlaces {
        guard let name = literal.name(between: opening, and: closing, in: columns) else { continue }
        throw InputError(.foreignPlace("\(opening)\(name)\(closing)", column: name))
      }
    }
  }
}

extension String {
  /// The first text between these that is the name of a column.
  fileprivate func name(between opening: String, and closing: String, in columns: ColumnSet) -> String? {
    var rest = unicodeScalars[...]
    while let start = rest.firstRange(of: opening.unicodeScalars) {
      rest = rest[start.upperBound...]
      guard let end = rest.firstRange(of: closing.unicodeScalars) else { return nil }
      let name = String(rest[..<end.lowerBound])
      if !columns.indices(of: name).isEmpty { return name }
    }
    return nil
  }
}
