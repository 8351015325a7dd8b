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

/// Placeholders in the syntax of other tools, such as `{name}` and `%name%`. If a column has that name, the text
/// surely isn't meant to be sent as is.
enum OtherToolPlaceholders {
  /// If two opening delimiters start alike, the longer one comes first.
  private static let pairs: [(opening: [UInt8], closing: [UInt8])] = [
    ("${", "}"), ("{$", "}"), ("{", "}"), ("%(", ")s"), ("%", "%"), ("((", "))"), ("[", "]"), ("#", "#"),
    ("<%=", "%>"), ("<", ">"), ("*|", "|*"), ("@@", "@@"), ("«", "»"),
  ].map { (Array($0.utf8), Array($1.utf8)) }
  /// In bytes. Longer names are not looked for.
  private static let longestName = 200

  /// Whether a text contains a byte that starts a placeholder. Most don't, and need no further check.
  @inline(__always)
  static func mayBe(in text: String) -> Bool { text.hasByte(where: begins) }

  @inline(__always)
  private static func begins(_ byte: UInt8) -> Bool {
    // Numeric values for speed, as every text is scanned: `{`, `%`, `(`, `[`, `#`, `<`, `$`, `*`, `@`, and the first
    // byte of `«`.
    switch byte {
    case 0x7B, 0x25, 0x28, 0x5B, 0x23, 0x3C, 0x24, 0x2A, 0x40, 0xC2: true
    default: false
    }
  }

  /// Throws if a text contains the name of a column in another tool's placeholder syntax.
  static func check(_ text: String, in columns: ColumnSet) throws(InputError) {
    let bytes = Array(text.utf8)
    for start in bytes.indices where begins(bytes[start]) {
      for (place, name) in places(at: bytes[start...]) {
        guard let column = columns.indices(of: name).first else { continue }
        throw InputError(.foreignPlace(place, column: columns.names[column]))
      }
    }
  }

  /// The possible placeholders at the start of these bytes, each with its name.
  private static func places(at bytes: ArraySlice<UInt8>) -> [(place: String, name: String)] {
    var places: [(String, String)] = []
    for (opening, closing) in pairs where bytes.starts(with: opening) {
      guard let inside = inside(of: bytes.dropFirst(opening.count), before: closing) else { continue }
      let place = text(opening) + text(inside) + text(closing)
      places.append((place, text(inside)))
      if let name = nameBeforeFallback(inside, opening) { places.append((place, text(name))) }
    }
    if let name = shellName(at: bytes) { places.append(("$" + name, name)) }
    return places
  }

  private static func inside(of bytes: ArraySlice<UInt8>, before closing: [UInt8]) -> ArraySlice<UInt8>? {
    let near = bytes.prefix(longestName)
    return near.firstRange(of: closing).map { near[..<$0.lowerBound] }
  }

  /// The name in `{name|there}`, `{name:there}` and `[name|there]`.
  private static func nameBeforeFallback(_ inside: ArraySlice<UInt8>, _ opening: [UInt8]) -> ArraySlice<UInt8>? {
    guard let bracket = opening.first(where: { "{" ~= $0 || "[" ~= $0 }) else { return nil }
    return inside.firstIndex { "|" ~= $0 || (":" ~= $0 && "{" ~= bracket) }.map { inside[..<$0] }
  }

  /// The name in `$name`, up to the first character other than a letter, digit or `_`; `$5` has none.
  private static func shellName(at bytes: ArraySlice<UInt8>) -> String? {
    guard bytes.starts(with: "$".utf8) else { return nil }
    let near = text(bytes.dropFirst().prefix(longestName))
    guard near.first?.isLetter == true else { return nil }
    return String(near.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
  }

  private static func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}

extension Template {
  /// Throws if the text between placeholders contains a column name in another tool's syntax.
  func checkPlaces(in columns: ColumnSet) throws(InputError) {
    // Escaped braces in a template are literal.
    for literal in literals { try OtherToolPlaceholders.check(literal.replacing("{{", with: ""), in: columns) }
  }
}
