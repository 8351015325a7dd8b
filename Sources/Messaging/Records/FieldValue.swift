import TextFormats

/// A field's value by itself, to be printed or kept.
public enum FieldValue: Hashable, Sendable {
  case null
  case text(String)
  case integer(Int)
  case flag(Bool)
  case time(Timestamp)
  case json(JSONValue)

  @inlinable
  package var isNull: Bool { if case .null = self { true } else { false } }

  /// As it is printed: times are RFC 3339 in UTC.
  package var json: JSONValue {
    switch self {
    case .null: .null
    case .text(let text): .string(text)
    case .integer(let number): .number(String(number))
    case .flag(let flag): .bool(flag)
    case .time(let time): .string(time.rfc3339)
    case .json(let value): value
    }
  }
}

/// What a field can hold.
public protocol FieldConvertible: Sendable {
  var fieldValue: FieldValue { get }
  /// Nil for a value of another kind.
  init?(_ value: FieldValue)
}

extension FieldConvertible where Self: RawRepresentable, RawValue == String {
  public var fieldValue: FieldValue { .text(rawValue) }

  public init?(_ value: FieldValue) {
    guard case .text(let text) = value else { return nil }
    self.init(rawValue: text)
  }
}

extension String: FieldConvertible {
  public var fieldValue: FieldValue { .text(self) }

  public init?(_ value: FieldValue) {
    guard case .text(let text) = value else { return nil }
    self = text
  }
}

extension Int: FieldConvertible {
  public var fieldValue: FieldValue { .integer(self) }

  public init?(_ value: FieldValue) {
    guard case .integer(let number) = value else { return nil }
    self = number
  }
}

extension Bool: FieldConvertible {
  public var fieldValue: FieldValue { .flag(self) }

  public init?(_ value: FieldValue) {
    guard case .flag(let flag) = value else { return nil }
    self = flag
  }
}

extension Timestamp: FieldConvertible {
  public var fieldValue: FieldValue { .time(self) }

  /// The ledger keeps Unix seconds.
  public init?(_ value: FieldValue) {
    switch value {
    case .time(let time): self = time
    case .integer(let seconds): self.init(unixSeconds: Int64(seconds))
    default: return nil
    }
  }
}

extension JSONValue: FieldConvertible {
  public var fieldValue: FieldValue { .json(self) }

  public init?(_ value: FieldValue) {
    self = value.json
  }
}
