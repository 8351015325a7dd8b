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
}

extension RecordSchema {
  /// The columns that `names` stand for; fields with parts become one column each part when `flattening`.
  package func columns(named names: [String], flattening: Bool) throws(InputError) -> [Column] {
    var columns: [Column] = []
    for name in names {
      let found = self.columns(named: name, flattening: flattening)
      guard !found.isEmpty else {
        throw InputError(.unknownOutputColumn(name, known: columnNames), at: .argument("--columns"))
      }
      columns += found
    }
    return columns
  }

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
      "no column '\(name)'; there are \(known.joined(separator: ", "))",
      hint: nearest(to: name, among: known).map { "did you mean \($0)?" })
  }
}
