import Messaging
import TextFormats

/// A column: a field of the record, or a part of one.
package struct Column: Hashable, Sendable {
  package var field: Int
  /// The part of the field; nil for the whole field.
  package var part: Int?
  /// The name in headers: `status`, or `error.code`.
  package var name: String
  package var traits: FieldTraits
  /// Columns with higher values are dropped first if the terminal is too narrow.
  package var importance = 0
  /// Whether it isn't shown as a column, but contains the currency of amounts.
  package var isUnit = false
}

extension RecordSchema {
  /// The columns with these names; with `flattening`, fields with parts become one column per part.
  package func columns(named names: [String], flattening: Bool) throws(InputError) -> [Column] {
    var columns: [Column] = []
    for (index, name) in names.enumerated() {
      if names[..<index].contains(name) { throw InputError(.duplicateColumn(name), at: .argument("--columns")) }
      let found = self.columns(named: name, flattening: flattening)
      guard !found.isEmpty else {
        throw InputError(.unknownOutputColumn(name, known: columnNames), at: .argument("--columns"))
      }
      columns += found
    }
    // Columns whose field isn't in `importance` follow in their order.
    for index in columns.indices {
      columns[index].importance =
        importance.firstIndex(of: fields[columns[index].field].name) ?? fields.count + index
    }
    return columns
  }

  /// The default columns of a table; for an error, its message. On a terminal, the currency is shown next to amounts.
  package func tableColumns(atTerminal: Bool) -> [Column] {
    let left: FieldTraits = atTerminal ? [] : .omittable
    let shown = fields.filter { $0.traits.contains(.inTable) && $0.traits.isDisjoint(with: left) }
    let names = shown.map { $0.parts.contains("message") ? "\($0.name).message" : $0.name }
    let columns = (try? columns(named: names, flattening: true)) ?? []
    guard atTerminal, columns.contains(where: { $0.traits.contains(.money) }) else { return columns }
    return columns.filter { $0.name != Self.currency }
  }

  /// Adds the column with the currency, if there are amounts.
  package func addingUnit(to columns: [Column]) -> [Column] {
    guard columns.contains(where: { $0.traits.contains(.money) }),
      var unit = self.columns(named: Self.currency, flattening: false).first
    else { return columns }
    unit.isUnit = true
    return columns + [unit]
  }

  private static let currency = "currency"

  /// The columns that are written by default.
  package func allColumns(flattening: Bool) -> [Column] {
    let left: FieldTraits = flattening ? [.onRequest, .omittable] : .onRequest
    return fields.filter { $0.traits.isDisjoint(with: left) }
      .flatMap { columns(named: $0.name, flattening: flattening) }
  }

  /// The valid names for `--columns`.
  package var columnNames: [String] {
    fields.flatMap { field in [field.name] + field.parts.map { "\(field.name).\($0)" } }
  }

  private func columns(named name: String, flattening: Bool) -> [Column] {
    for (index, field) in fields.enumerated() {
      if field.name == name {
        guard flattening, !field.parts.isEmpty else { return [column(index, part: nil)] }
        return field.parts.indices.map { column(index, part: $0) }
      }
      if let part = field.parts.firstIndex(where: { "\(field.name).\($0)" == name }) {
        return [column(index, part: part)]
      }
    }
    return []
  }

  private func column(_ index: Int, part: Int?) -> Column {
    let field = fields[index]
    return Column(
      field: index, part: part, name: part.map { "\(field.name).\(field.parts[$0])" } ?? field.name,
      traits: field.traits)
  }
}

extension InputError.Problem {
  fileprivate static func unknownOutputColumn(_ name: String, known: [String]) -> Self {
    Self(
      "no column '\(name)'; columns: \(known.joined(separator: ", "))",
      hint: nearest(to: name, among: known).map { "did you mean '\($0)'?" } ?? "'--columns help' explains them")
  }
}

extension InputError.Problem {
  fileprivate static func duplicateColumn(_ name: String) -> Self {
    Self("duplicate column '\(name)'", hint: "name each column once")
  }

  package static var columnExamples: [Self] {
    [
      duplicateColumn("to"), unknownOutputColumn("form", known: ["from", "to"]),
      unknownOutputColumn("xyz", known: ["from", "to"]),
    ]
  }
}

/// The fields of a kind of record, in output order.
package struct RecordSchema: Hashable, Sendable {
  package var fields: [FieldOutline]
  /// Field names, the most important first: these stay longest in a narrow table. Other fields follow in their order.
  package var importance: [String]
}

/// A field of a record, regardless of the record's type.
package struct FieldOutline: Hashable, Sendable {
  package var name: String
  /// Names of the values in a field that is an object; CSV and tables show each separately, as `error.code`.
  package var parts: [String] = []
  /// One line of explanation.
  package var meaning = ""
  package var traits: FieldTraits = []

  package init(_ name: String) {
    self.name = name
  }

  init<Root>(_ field: RecordField<Root>) {
    name = field.name
    // Not a key path: here, where the root is a generic type, one would be created for each field.
    parts = field.parts.map { $0.name }
    meaning = field.meaning
    traits = field.traits
  }
}

extension Record {
  package static var schema: RecordSchema {
    RecordSchema(fields: fields.map { FieldOutline($0) }, importance: importance)
  }
}
