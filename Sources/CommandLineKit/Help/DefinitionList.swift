/// Terms on the left, what they mean on the right.
struct DefinitionList {
  var rows: [(term: String, meaning: String)]

  /// Where meanings start: behind the longest term that leaves them enough room; indented below the terms where
  /// the width is not enough for two columns.
  static func column(for terms: some Sequence<String>, width: Int) -> Int {
    guard width >= 60 else { return 8 }
    return terms.map { $0.count + 4 }.filter { $0 <= 30 }.max() ?? 10
  }

  /// Lines of at most so many columns. A term too long for the left column has lines to itself.
  func lines(column: Int, width: Int) -> [String] {
    rows.flatMap { term, meaning in
      let meaning = meaning.wrapped(to: width - column).map { $0.indented(by: column) }
      guard term.count + 4 <= column, let first = meaning.first else {
        return lines(of: term, width: width) + meaning
      }
      return [term.indented(by: 2) + first.dropFirst(term.count + 2)] + meaning.dropFirst()
    }
  }

  private func lines(of term: String, width: Int) -> [String] {
    guard term.count + 2 > width else { return [term.indented(by: 2)] }
    return term.wrapped(to: width - 4).enumerated().map { $1.indented(by: $0 == 0 ? 2 : 4) }
  }
}
