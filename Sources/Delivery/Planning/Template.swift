import Messaging
import TextFormats

/// A text with placeholders for the fields of a row: `{{column}}`, or `{{column|fallback}}` for rows where it is empty.
///
/// White space just inside the braces and around `|` is ignored. A literal `{{` is written `{{{{`; a `}}` outside of
/// a placeholder is literal.
public struct Template: Hashable, Sendable {
  private enum Part: Hashable, Sendable {
    case text(String)
    case place(column: String, fallback: String)
  }

  private var parts: [Part] = []

  /// The columns it names, in the order of first use.
  public var columns: [String] {
    var columns: [String] = []
    for case .place(let column, _) in parts where !columns.contains(column) { columns.append(column) }
    return columns
  }

  /// The texts between the placeholders.
  var literals: [String] {
    parts.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }

  package init(parsing text: String) throws(InputError) {
    var rest = text[...].unicodeScalars
    var literal = ""
    while let opening = rest.firstRange(of: "{{".unicodeScalars) {
      literal += String(rest[..<opening.lowerBound])
      let inside = rest[opening.upperBound...]
      if inside.starts(with: "{{".unicodeScalars) {
        literal += "{{"
        rest = inside.dropFirst(2)
        continue
      }
      let offset = text.utf8.distance(from: text.startIndex, to: opening.lowerBound)
      guard let closing = inside.firstRange(of: "}}".unicodeScalars) else {
        throw InputError(.unclosedPlace(at: offset))
      }
      append(text: literal)
      literal = ""
      try append(place: inside[..<closing.lowerBound], offset: offset)
      rest = inside[closing.upperBound...]
    }
    append(text: literal + String(rest))
  }

  private mutating func append(text: String) {
    if !text.isEmpty { parts.append(.text(text)) }
  }

  private mutating func append(place: Substring.UnicodeScalarView, offset: Int) throws(InputError) {
    let halves = place.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    let column = halves.first.map { String($0.trimmingSpace) } ?? ""
    guard !column.isEmpty else { throw InputError(.placeWithoutColumn(at: offset)) }
    parts.append(.place(column: column, fallback: halves.count == 2 ? String(halves[1].trimmingSpace) : ""))
  }

  /// Returns the text with each placeholder replaced by what `field` returns for its column; the fallback replaces
  /// nil and blank values.
  public func rendered<Failure: Error>(
    _ field: (_ column: String) throws(Failure) -> String?
  ) throws(Failure) -> String {
    var text = ""
    for part in parts {
      switch part {
      case .text(let literal): text += literal
      case .place(let column, let fallback):
        let value = try field(column) ?? ""
        text += !fallback.isEmpty && value.isBlank ? fallback : value
      }
    }
    return text
  }
}

extension InputError.Problem {
  /// `{{` without `}}`; offsets are in bytes, to the opening braces.
  private static let placeForm = "write {{column}}, or {{column|fallback}}"

  package static func unclosedPlace(at offset: Int) -> Self { Self("{{ without }} (byte \(offset))", hint: placeForm) }

  /// `{{}}`.
  package static func placeWithoutColumn(at offset: Int) -> Self {
    Self("{{ without a column name (byte \(offset))", hint: placeForm)
  }
}

extension Substring.UnicodeScalarView {
  /// Without the white space at both ends.
  var trimmingSpace: Self {
    var trimmed = drop(while: \.properties.isWhitespace)
    while trimmed.last?.properties.isWhitespace == true { trimmed.removeLast() }
    return trimmed
  }
}
