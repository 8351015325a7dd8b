import TextFormats

/// Something printed as a record: a list of its fields defines how each is named, shown, read and stored.
public protocol Record: Sendable {
  /// The type that has the fields: the record itself, or its storage.
  associatedtype Fields = Self
  /// In output order.
  static var fields: [RecordField<Fields>] { get }
  /// Lets `body` read fields in place: a record passed by value would be copied for each of its fields.
  func read(_ body: (UnsafePointer<Fields>) -> Void)
  /// The provider's own object, shown with `--raw`.
  var raw: JSONValue? { get }
  /// The plural for several of them, such as `messages`.
  static var plural: String { get }
  /// Names of fields, most important first: in a narrow terminal, fields are omitted from the end. Fields not listed
  /// here follow in their own order.
  static var importance: [String] { get }
}

extension Record {
  public var raw: JSONValue? { nil }
  public static var plural: String { "results" }
  public static var importance: [String] { [] }
}

extension Record where Fields == Self {
  public func read(_ body: (UnsafePointer<Self>) -> Void) {
    withUnsafePointer(to: self, body)
  }
}

/// One field of a record. A shared object, as it is passed along for each value read.
public final class RecordField<Root>: Sendable {
  public let name: String
  /// A line for the documentation.
  public let meaning: String
  /// The column in which the ledger stores it; nil if it doesn't.
  public let column: String?
  public let traits: FieldTraits
  /// The values of a field that is an object; CSV and tables show each separately, as in `error.code`.
  public let parts: [RecordField]

  /// Reads the field from a complete `Root`.
  package let read: FieldReader
  let write: @Sendable (inout Root, FieldValue) -> Void

  /// A field that may have no value. Only a writable one can be stored in the ledger.
  public convenience init<Value: FieldConvertible>(
    _ name: String, _ path: KeyPath<Root, Value?> & Sendable, _ traits: FieldTraits = [], column: String? = nil,
    meaning: String = ""
  ) {
    let traits = Value.self == Timestamp.self ? traits.union(.moment) : traits
    self.init(name, traits, column, meaning, read: Self.reader(path) { $0?.fieldValue ?? .null }) { root, value in
      guard let path = path as? WritableKeyPath else { return }
      root[keyPath: path] = Value(value)
    }
  }

  /// A field that always has a value; writing one that can't be read has no effect.
  public convenience init<Value: FieldConvertible>(
    _ name: String, _ path: KeyPath<Root, Value> & Sendable, _ traits: FieldTraits = [], column: String? = nil,
    meaning: String = ""
  ) {
    let traits = Value.self == Timestamp.self ? traits.union(.moment) : traits
    self.init(name, traits, column, meaning, read: Self.reader(path) { $0.fieldValue }) { root, value in
      guard let path = path as? WritableKeyPath, let value = Value(value) else { return }
      root[keyPath: path] = value
    }
  }

  /// A field that is an object of these parts, or `null` if none of them has a value.
  public convenience init(_ name: String, _ traits: FieldTraits = [], meaning: String = "", parts: [RecordField]) {
    let read = FieldReader { root in
      guard !parts.allSatisfy({ $0.read(root).isNull }) else { return .null }
      return .json(.object(JSONObject(parts.map { JSONObject.Member($0.name, $0.read(root).json) })))
    }
    self.init(name, traits, nil, meaning, parts: parts, read: read) { _, _ in }
  }

  private init(
    _ name: String, _ traits: FieldTraits, _ column: String?, _ meaning: String, parts: [RecordField] = [],
    read: FieldReader,
    write: @escaping @Sendable (inout Root, FieldValue) -> Void
  ) {
    self.name = name
    self.traits = traits
    self.column = column
    self.meaning = meaning
    self.parts = parts
    self.read = read
    self.write = write
  }

  /// The same field, shown in tables by default or not.
  func inTable(_ isShown: Bool) -> RecordField {
    let traits = isShown ? traits.union(.inTable) : traits.subtracting(.inTable)
    return RecordField(name, traits, column, meaning, parts: parts, read: read, write: write)
  }

  /// The same field with its value replaced by the result of `words`, unless that is nil.
  func replaced(by words: @escaping @Sendable (UnsafePointer<Root>) -> String?) -> RecordField {
    RecordField(
      name, traits, column, meaning, parts: parts,
      read: FieldReader { [read] in
        words($0.assumingMemoryBound(to: Root.self)).map(FieldValue.text) ?? read($0)
      },
      write: write)
  }

  /// Reads a stored property at its offset: the key path would copy all of the root, which takes twenty times as long.
  private static func reader<Value>(
    _ path: KeyPath<Root, Value> & Sendable, _ convert: @escaping @Sendable (Value) -> FieldValue
  ) -> FieldReader {
    guard let offset = MemoryLayout<Root>.offset(of: path) else {
      return FieldReader { convert($0.assumingMemoryBound(to: Root.self).pointee[keyPath: path]) }
    }
    if Value.self == String?.self { return FieldReader(.text, offset: offset) }
    if Value.self == Int?.self { return FieldReader(.integer, offset: offset) }
    if Value.self == Timestamp?.self { return FieldReader(.time, offset: offset) }
    return FieldReader { convert(stored($0, offset, as: Value.self).pointee) }
  }
}

/// Where a record in memory has the value of a field. It is looked at for each value, so it holds nothing that is retained.
package struct FieldPlace: Sendable {
  @usableFromInline
  package enum Kind: Sendable {
    /// A `String?`.
    case text
    /// An `Int?`.
    case integer
    /// A `Timestamp?`.
    case time
    /// Only a closure knows.
    case other
    /// The provider's own object, which isn't a field.
    case raw
  }

  @usableFromInline package let kind: Kind
  @usableFromInline let offset: Int

  init(_ kind: Kind, offset: Int = 0) {
    (self.kind, self.offset) = (kind, offset)
  }

  /// Whether it is certain, without calling the closure, that there is no value.
  @inlinable @inline(__always)
  package func isClearlyNull(_ record: UnsafeRawPointer) -> Bool {
    switch kind {
    case .text: stored(record, offset, as: String?.self).pointee == nil
    case .integer: stored(record, offset, as: Int?.self).pointee == nil
    case .time: stored(record, offset, as: Timestamp?.self).pointee == nil
    case .other, .raw: false
    }
  }
}

/// How to read a field's value from a record in memory: most are read at an offset, without a call.
///
/// Not generic, as a generic type would be looked up for each value.
package struct FieldReader: Sendable {
  /// What stands for the provider's own object.
  package static let raw = FieldReader(.raw)

  package let place: FieldPlace
  private let read: @Sendable (UnsafeRawPointer) -> FieldValue

  init(_ kind: FieldPlace.Kind, offset: Int = 0) {
    place = FieldPlace(kind, offset: offset)
    read = { _ in .null }
  }

  init(_ read: @escaping @Sendable (UnsafeRawPointer) -> FieldValue) {
    place = FieldPlace(.other)
    self.read = read
  }

  /// Returns the value; the pointer is to a complete record of the field's type.
  package func callAsFunction(_ record: UnsafeRawPointer) -> FieldValue {
    switch place.kind {
    case .text: stored(record, place.offset, as: String?.self).pointee.map(FieldValue.text) ?? .null
    case .integer: stored(record, place.offset, as: Int?.self).pointee.map(FieldValue.integer) ?? .null
    case .time: stored(record, place.offset, as: Timestamp?.self).pointee.map(FieldValue.time) ?? .null
    case .other: read(record)
    case .raw: .null
    }
  }
}

/// Safe if a `Value` is stored at that offset from the pointer.
@inlinable
func stored<Value>(_ record: UnsafeRawPointer, _ offset: Int, as type: Value.Type) -> UnsafePointer<Value> {
  record.advanced(by: offset).assumingMemoryBound(to: Value.self)
}

/// Properties of a field: how it is shown, and whether its value may change later.
public struct FieldTraits: OptionSet, Hashable, Sendable {
  public let rawValue: Int

  public init(rawValue: Int) {
    self.rawValue = rawValue
  }

  /// Shown in tables by default, if any row has a value for it.
  public static let inTable = FieldTraits(rawValue: 1)
  /// A number, which tables align to the right.
  public static let numeric = FieldTraits(rawValue: 2)
  /// A name of something, such as a phone number, which is useless if cut.
  public static let name = FieldTraits(rawValue: 4)
  /// Describes the progress of a message, so only the latest report counts.
  public static let progress = FieldTraits(rawValue: 8)
  /// Shown in tables, and in other formats only if requested by name.
  public static let onRequest = FieldTraits(rawValue: 16)
  /// Omitted if it has no value: JSON has no such member, and CSV has the column only on request.
  public static let omittable = FieldTraits(rawValue: 256)
  /// A point in time, shown to people in their own time zone; every field with a `Timestamp` is one.
  public static let moment = FieldTraits(rawValue: 32)
  /// A boolean, which a terminal shows as a mark.
  public static let mark = FieldTraits(rawValue: 64)
  /// A count, which tables leave blank if it is 0.
  public static let blankZero = FieldTraits(rawValue: 128)
  /// A status, one of a few words; it has a color and is never cut.
  public static let status = FieldTraits(rawValue: 512)
  /// An amount of money, in the record's `currency`.
  public static let money = FieldTraits(rawValue: 1024)
  /// An explanation: never cut, but put below its row if it doesn't fit in the terminal.
  public static let detail = FieldTraits(rawValue: 2048)
}
