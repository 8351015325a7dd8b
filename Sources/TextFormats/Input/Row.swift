/// One row of an input: its place, and its fields by the names of their columns.
public struct Row: Hashable, Sendable {
  /// What a row holds in one column.
  public enum Field: Hashable, Sendable {
    case text(String)
    /// A JSON `null`.
    case null
    /// A JSON array or object, which is no text.
    case nested
  }

  /// 1 for the first row of data.
  public var number: Int
  /// Where it starts.
  public var position: TextPosition
  public var columns: ColumnSet
  /// One for each column.
  public var fields: [Field]

  /// The text in the column of that name; nil where there is no such column in this row, and for a JSON `null`.
  ///
  /// Throws `nestedValue` for a JSON array or object.
  public func text(in column: String) throws(RowError) -> String? {
    guard let index = columns.index(of: column) else { return nil }
    switch fields[index] {
    case .text(let text): return text
    case .null: return nil
    case .nested: throw RowError(.nestedValue(column: column), row: number, position: position)
    }
  }
}

/// The names of columns in their order, shared by all rows that have the same.
public struct ColumnSet: Hashable, Sendable {
  /// The first name that occurred twice.
  struct RepeatedName: Error {
    var name: String
  }

  /// The one column of an input that is a number a line.
  static let to = ColumnSet(single: "to")

  public let names: [String]

  /// Columns without a name may be many; they cannot be asked for.
  init(_ names: [String]) throws(RepeatedName) {
    var seen: Set<String> = []
    for name in names where !name.isEmpty {
      if !seen.insert(name).inserted { throw RepeatedName(name: name) }
    }
    self.names = names
  }

  private init(single name: String) {
    names = [name]
  }

  /// Which column has that name; nil for none, and for no name.
  public func index(of name: String) -> Int? {
    // There are few, so this takes less time than to hash the name.
    name.isEmpty ? nil : names.firstIndex(of: name)
  }
}
