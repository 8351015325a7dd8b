import Messaging
import TextFormats

/// One column: a field of the record, or a value inside one.
package struct Column: Hashable, Sendable {
  package var field: Int
  /// Which of the field's parts.
  package var part: Int?
  /// As a header shows it: `status`, or `error.code`.
  package var name: String
  package var traits: FieldTraits
  /// Columns with higher numbers are the first to go where a terminal has no room for all.
  package var importance = 0
  /// Whether it is no column by itself, but the currency of amounts.
  package var isUnit = false
}

extension RecordSchema {
  /// The columns that `names` stand for; fields with parts become one column each part when `flattening`.
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
    // Those of no rank follow in their order.
    for index in columns.indices {
      columns[index].importance =
        importance.firstIndex(of: fields[columns[index].field].name) ?? fields.count + index
    }
    return columns
  }

  /// The columns that a table shows unasked; of an error, its words. At a terminal an amount has its currency beside it.
  package func tableColumns(atTerminal: Bool) -> [Column] {
    let left: FieldTraits = atTerminal ? [] : .omittable
    let shown = fields.filter { $0.traits.contains(.inTable) && $0.traits.isDisjoint(with: left) }
    let names = shown.map { $0.parts.contains("message") ? "\($0.name).message" : $0.name }
    let columns = (try? columns(named: names, flattening: true)) ?? []
    guard atTerminal, columns.contains(where: { $0.traits.contains(.money) }) else { return columns }
    return columns.filter { $0.name != Self.currency }
  }

  /// The same with the currency of the amounts among them.
  package func addingUnit(to columns: [Column]) -> [Column] {
    guard columns.contains(where: { $0.traits.contains(.money) }),
      var unit = self.columns(named: Self.currency, flattening: false).first
    else { return columns }
    unit.isUnit = true
    return columns + [unit]
  }

  private static let currency = "currency"

  /// Every column that is written unless others are asked for.
  package func allColumns(flattening: Bool) -> [Column] {
    let left: FieldTraits = flattening ? [.onRequest, .omittable] : .onRequest
    return fields.filter { $0.traits.isDisjoint(with: left) }
      .flatMap { columns(named: $0.name, flattening: flattening) }
  }

  /// Every name that `--columns` takes.
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
