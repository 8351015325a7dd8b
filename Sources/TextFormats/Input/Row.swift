/// One row of an input: its place, and its fields by the names of their columns.
public struct Row: Hashable, Sendable {
  /// The value of a row in one column.
  public enum Field: Hashable, Sendable {
    case text(String)
    /// A JSON number, as it is spelled.
    case number(String)
    /// A JSON `null`.
    case null
    /// A JSON array or object, which has no text.
    case nested

    /// Whether there is nothing in it but white space.
    var isBlank: Bool {
      switch self {
      case .text(let text): text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
      case .null: true
      case .number, .nested: false
      }
    }
  }

  /// 1 for the first row of data.
  public var number: Int
  /// Where it starts.
  public var position: TextPosition
  public var columns: ColumnSet
  /// One for each column.
  public var fields: [Field]

  /// The text in the column at an index; nil for a JSON `null`.
  ///
  /// Throws `nestedValue` for a JSON array or object.
  public func text(at index: Int) throws(RowError) -> String? {
    switch fields[index] {
    case .text(let text), .number(let text): return text
    case .null: return nil
    case .nested: throw RowError(.nestedValue(column: columns.names[index]), row: number, position: position)
    }
  }
}

/// The names of columns in their order, shared by all rows that have the same.
public struct ColumnSet: Hashable, Sendable {
  /// The only column of an input with one phone number per line.
  static let to = ColumnSet(names: ["to"])

  public let names: [String]
  /// Whether texts may have line breaks and tabs written as `\n` and `\t`, as databases do where tabs divide fields.
  public let mayHaveEscapes: Bool
  /// The names without what people write differently: case, spaces, `_` and `-`.
  private let keys: [String]

  public init(names: [String], mayHaveEscapes: Bool = false) {
    self.names = names
    self.mayHaveEscapes = mayHaveEscapes
    keys = names.map(Self.key)
  }

  public static func == (left: ColumnSet, right: ColumnSet) -> Bool { left.names == right.names }

  public func hash(into hasher: inout Hasher) { hasher.combine(names) }

  /// A name as it is compared: without case, spaces, `_` and `-`, and invisible characters.
  public static func key(of name: String) -> String {
    String(
      String.UnicodeScalarView(
        name.lowercased().unicodeScalars.filter { scalar in
          scalar != "_" && scalar != "-" && !scalar.properties.isWhitespace
            && !scalar.properties.isDefaultIgnorableCodePoint
        }))
  }

  /// The columns that may be meant by a name: the one spelled like that, else all that differ from it only in case,
  /// spaces, `_` and `-`. None for an empty name.
  public func indices(of name: String) -> [Int] {
    if let index = names.firstIndex(of: name) { return name.isEmpty ? [] : [index] }
    return indices(like: name)
  }

  /// The columns whose names differ from a name only in case, spaces, `_` and `-`, if at all.
  public func indices(like name: String) -> [Int] {
    let key = Self.key(of: name)
    return key.isEmpty ? [] : keys.indices.filter { keys[$0] == key }
  }

  /// How many columns there are up to the last that has a name.
  var namedCount: Int { (names.lastIndex { !$0.allSatisfy(\.isWhitespace) } ?? -1) + 1 }

  /// The first name that occurs twice. Several columns may lack a name: nobody can ask for them.
  var repeatedName: String? {
    var seen: Set<String> = []
    return names.first { !$0.isEmpty && !seen.insert($0).inserted }
  }
}
