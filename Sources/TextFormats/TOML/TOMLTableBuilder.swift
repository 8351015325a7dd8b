/// A table while the document is read: later headers and dotted keys may add to it.
final class TOMLTableBuilder {
  /// How a table came to be, which decides what may add to it.
  enum Origin {
    /// On the way of a header; its own header may still follow.
    case implied
    /// On the way of a dotted key; other dotted keys below the same header may add to it.
    case dotted
    /// By its header, by being an element of an array of tables, or by being inline.
    case defined
  }

  /// What a key stands for; inline tables and arrays are values.
  enum Slot {
    case value(TOMLValue)
    case table(TOMLTableBuilder)
    case tables(TOMLTableArrayBuilder)
  }

  var origin: Origin
  /// Where it is defined or, as long as it is not, first mentioned.
  var position: TextPosition
  /// How many tables and arrays are around it.
  let depth: Int
  private var entries: [(key: TOMLKey, slot: Slot)] = []
  /// Where in `entries` a key is. Keys are the same when their bytes are, which is not how strings are compared.
  private var indices: [[UInt8]: Int] = [:]

  init(origin: Origin = .defined, position: TextPosition = TextPosition(), depth: Int = 0) {
    self.origin = origin
    self.position = position
    self.depth = depth
  }

  /// What the key stands for, and where it was first mentioned.
  func entry(_ key: TOMLKey) -> (key: TOMLKey, slot: Slot)? {
    indices[Array(key.name.utf8)].map { entries[$0] }
  }

  /// Adds a key that has no entry.
  func add(_ key: TOMLKey, _ slot: Slot) {
    indices[Array(key.name.utf8)] = entries.count
    entries.append((key, slot))
  }

  /// The table as far as it has been read.
  var table: TOMLTable {
    TOMLTable(entries: entries.map { TOMLTable.Entry(key: $0.key, value: $0.slot.value) })
  }

  fileprivate var value: TOMLValue {
    TOMLValue(content: .table(table), position: position)
  }
}

/// An array of tables (`[[name]]`) while the document is read.
final class TOMLTableArrayBuilder {
  /// Where its first header is.
  let position: TextPosition
  private var earlier: [TOMLTableBuilder] = []
  /// The table that headers on the way through this array are about.
  private(set) var last: TOMLTableBuilder

  init(_ first: TOMLTableBuilder) {
    position = first.position
    last = first
  }

  func append(_ table: TOMLTableBuilder) {
    earlier.append(last)
    last = table
  }

  fileprivate var value: TOMLValue {
    TOMLValue(content: .array((earlier + [last]).map(\.value)), position: position)
  }
}

extension TOMLTableBuilder.Slot {
  fileprivate var value: TOMLValue {
    switch self {
    case .value(let value): value
    case .table(let table): table.value
    case .tables(let tables): tables.value
    }
  }
}
