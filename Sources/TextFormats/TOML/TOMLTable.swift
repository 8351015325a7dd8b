/// A table of a TOML 1.0 document, or the document itself: keys and values in the order of their first mention.
public struct TOMLTable: Hashable, Sendable {
  /// A key with its value.
  public struct Entry: Hashable, Sendable {
    public let key: TOMLKey
    public let value: TOMLValue
  }

  /// The maximum nesting of tables and arrays, counting the document as the first level.
  ///
  /// Even without optimization, half a megabyte of stack, the size for threads on macOS, is enough for it.
  public static let depthLimit = 64

  public let entries: [Entry]

  /// The value of the key with exactly these bytes.
  public subscript(key: String) -> TOMLValue? {
    entries.first { $0.key.name.utf8.elementsEqual(key.utf8) }?.value
  }
}

/// One part of a key, without quotes, and the position of its first mention.
public struct TOMLKey: Hashable, Sendable {
  public let name: String
  public let position: TextPosition
}

/// A value and its position: that of its first character; for a table, of its header's `[` or, without one, of its key.
public struct TOMLValue: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    /// Line breaks in it are `\n`, even if the document has `\r\n`.
    case string(String)
    case integer(Int64)
    case float(Double)
    case boolean(Bool)
    case offsetDateTime(GregorianCalendar.Date, TOMLTime, offsetMinutes: Int)
    case localDateTime(GregorianCalendar.Date, TOMLTime)
    /// The year is 0 to 9999.
    case localDate(GregorianCalendar.Date)
    case localTime(TOMLTime)
    case array([TOMLValue])
    case table(TOMLTable)
  }

  public let content: Content
  public let position: TextPosition
}

/// A time of day.
public struct TOMLTime: Hashable, Sendable {
  /// 0 to 23.
  public let hour: Int
  /// 0 to 59.
  public let minute: Int
  /// 0 to 60, for leap seconds (RFC 3339).
  public let second: Int
  /// 0 to 999,999,999; further digits are dropped.
  public let nanosecond: Int
}

extension TOMLValue {
  /// The text; nil for anything but a string.
  public var string: String? {
    if case .string(let text) = content { text } else { nil }
  }

  /// The number; nil for anything but an integer.
  public var integer: Int64? {
    if case .integer(let number) = content { number } else { nil }
  }

  /// The value; nil for anything but a boolean.
  public var boolean: Bool? {
    if case .boolean(let value) = content { value } else { nil }
  }

  /// The elements; nil for anything but an array.
  public var array: [TOMLValue]? {
    if case .array(let elements) = content { elements } else { nil }
  }

  /// The table; nil for anything else.
  public var table: TOMLTable? {
    if case .table(let table) = content { table } else { nil }
  }

  /// TOML's name for the type of the value, such as `string` or `local date`.
  public var typeName: String {
    switch content {
    case .string: "string"
    case .integer: "integer"
    case .float: "float"
    case .boolean: "boolean"
    case .offsetDateTime: "offset date-time"
    case .localDateTime: "local date-time"
    case .localDate: "local date"
    case .localTime: "local time"
    case .array: "array"
    case .table: "table"
    }
  }
}

extension TOMLValue {
  /// The type with an article, such as `an integer`.
  package var typeWithArticle: String { "aio".contains(typeName.first ?? "x") ? "an \(typeName)" : "a \(typeName)" }
}

/// A table of a document being read: later headers and dotted keys may add to it.
final class TOMLTableBuilder {
  /// How a table was created, which determines what may add to it.
  enum Origin {
    /// A parent in a header; its own header may still follow.
    case implied
    /// A parent in a dotted key; other dotted keys below the same header may add to it.
    case dotted
    /// Defined by its header, as an element of an array of tables, or inline.
    case defined
  }

  /// The meaning of a key; inline tables and arrays are values.
  enum Slot {
    case value(TOMLValue)
    case table(TOMLTableBuilder)
    case tables(TOMLTableArrayBuilder)
  }

  var origin: Origin
  /// The position of its definition or, until then, of its first mention.
  var position: TextPosition
  /// The number of tables and arrays around it.
  let depth: Int
  private var entries: [(key: TOMLKey, slot: Slot)]
  /// The index of each key in `entries`. Keys are equal if their bytes are, which is not how strings compare.
  private var indices: [[UInt8]: Int]

  init(origin: Origin = .defined, position: TextPosition = TextPosition(), depth: Int = 0) {
    self.origin = origin
    self.position = position
    self.depth = depth
    entries = []
    indices = [:]
  }

  /// The meaning of a key, and its first mention.
  func entry(_ key: TOMLKey) -> (key: TOMLKey, slot: Slot)? {
    indices[Array(key.name.utf8)].map { entries[$0] }
  }

  /// Adds a key that doesn't have an entry.
  func add(_ key: TOMLKey, _ slot: Slot) {
    indices[Array(key.name.utf8)] = entries.count
    entries.append((key, slot))
  }

  /// The table as read so far.
  var table: TOMLTable {
    TOMLTable(entries: entries.map { TOMLTable.Entry(key: $0.key, value: $0.slot.value) })
  }
}

/// An array of tables (`[[name]]`) of a document being read.
final class TOMLTableArrayBuilder {
  /// The position of its first header.
  let position: TextPosition
  private var earlier: [TOMLTableBuilder] = []
  /// The table that headers with this array as a parent refer to.
  private(set) var last: TOMLTableBuilder

  init(_ first: TOMLTableBuilder) {
    position = first.position
    last = first
  }

  func append(_ table: TOMLTableBuilder) {
    earlier.append(last)
    last = table
  }

  /// All tables, in order.
  var all: [TOMLTableBuilder] { earlier + [last] }
}

extension TOMLTableBuilder.Slot {
  fileprivate var value: TOMLValue {
    switch self {
    case .value(let value): value
    case .table(let table): TOMLValue(content: .table(table.table), position: table.position)
    case .tables(let tables):
      TOMLValue(content: .array(tables.all.map { Self.table($0).value }), position: tables.position)
    }
  }
}

// Which additions to an existing table are allowed (TOML 1.0, "Keys", "Table", "Array of Tables").
extension TOMLTableBuilder {
  /// Throws if the key is taken.
  func requireVacant(_ key: TOMLKey) throws(TOMLError) {
    if let entry = entry(key) { throw key.failure(.duplicateKey(key.name, first: entry.key.position)) }
  }

  /// The parent table in a dotted key, created if it doesn't exist.
  func tableOnDottedKey(_ key: TOMLKey) throws(TOMLError) -> TOMLTableBuilder {
    switch entry(key)?.slot {
    case nil: return try addTable(key, .dotted, at: key.position)
    case .table(let table) where table.origin == .dotted: return table
    case .table(let table) where table.origin == .implied: return table.settle(.dotted, at: key.position)
    default: throw notExtendable(key)
    }
  }

  /// The parent table in a header, created if it doesn't exist; in an array of tables, the last one.
  func tableOnHeader(_ key: TOMLKey) throws(TOMLError) -> TOMLTableBuilder {
    switch entry(key)?.slot {
    case nil: return try addTable(key, .implied, at: key.position)
    case .table(let table): return table
    case .tables(let tables): return tables.last
    case .value: throw notExtendable(key)
    }
  }

  /// The table defined by a header whose `[` is at this position.
  func defineTable(_ key: TOMLKey, at position: TextPosition) throws(TOMLError) -> TOMLTableBuilder {
    switch entry(key)?.slot {
    case nil: return try addTable(key, .defined, at: position)
    case .table(let table) where table.origin == .implied: return table.settle(.defined, at: position)
    default: throw alreadyDefined(key)
    }
  }

  /// The new element of an array of tables, defined by a header whose `[[` is at this position.
  func appendTable(_ key: TOMLKey, at position: TextPosition) throws(TOMLError) -> TOMLTableBuilder {
    let table = try makeTable(key, .defined, at: position, depth: depth + 2)
    switch entry(key)?.slot {
    case nil: add(key, .tables(TOMLTableArrayBuilder(table)))
    case .tables(let tables): tables.append(table)
    default: throw alreadyDefined(key)
    }
    return table
  }

  /// Turns an implied table into a table of another origin.
  private func settle(_ origin: Origin, at position: TextPosition) -> TOMLTableBuilder {
    self.origin = origin
    self.position = position
    return self
  }

  private func addTable(
    _ key: TOMLKey, _ origin: Origin, at position: TextPosition
  ) throws(TOMLError) -> TOMLTableBuilder {
    let table = try makeTable(key, origin, at: position, depth: depth + 1)
    add(key, .table(table))
    return table
  }

  private func makeTable(
    _ key: TOMLKey, _ origin: Origin, at position: TextPosition, depth: Int
  ) throws(TOMLError) -> TOMLTableBuilder {
    let limit = TOMLTable.depthLimit
    guard depth < limit else { throw key.failure(.tooDeep(limit: limit)) }
    return TOMLTableBuilder(origin: origin, position: position, depth: depth)
  }

  private func notExtendable(_ key: TOMLKey) -> TOMLError {
    key.failure(.notExtendable(key.name, first: firstPosition(of: key)))
  }

  private func alreadyDefined(_ key: TOMLKey) -> TOMLError {
    let first = firstPosition(of: key)
    if case .value? = entry(key)?.slot { return key.failure(.duplicateKey(key.name, first: first)) }
    return key.failure(.duplicateTable(key.name, first: first))
  }

  /// The position at which the key was defined.
  private func firstPosition(of key: TOMLKey) -> TextPosition {
    switch entry(key) {
    case (_, .table(let table))?: table.position
    case (_, .tables(let tables))?: tables.position
    case (let first, .value)?: first.position
    case nil: key.position
    }
  }
}

extension TOMLKey {
  fileprivate func failure(_ kind: TOMLError.Kind) -> TOMLError {
    TOMLError(kind: kind, position: position)
  }
}
