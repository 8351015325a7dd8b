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
