/// Errors as people read them on standard error.
extension UserError {
  /// What is wrong, including each bad row or line of a file, and what to do about it.
  ///
  /// - Parameter usage: The syntax of the command, if that was what was wrong.
  package func linesForPeople(usage: String? = nil) -> [String] {
    guard details.mistakes.isEmpty else { return details.mistakes.flatMap(\.lines) }
    let rows = details.rows.count > 1 ? details.rows.map(\.words) : []
    let advice = [usage.map { "usage: \($0)" }, hint.map { "hint: \($0)" }].compactMap(\.self)
    return (["sms: \(message)"] + rows + advice).map(\.escapingControls)
  }
}

extension ErrorDetails.BadRow {
  fileprivate var words: String {
    "  row \(row.map(String.init) ?? "?") (line \(line.map(String.init) ?? "?")): \(message)"
  }
}

extension ErrorDetails.Mistake {
  /// The usual width of a terminal, minus the indentation of two columns.
  private static let widest = 76
  /// How much of a line is shown before a mistake far to the right.
  private static let mostBefore = 50

  /// Where and what is wrong, the line with a caret below the place, and what to do about it.
  fileprivate var lines: [String] {
    let place = file.map { "\($0):\(line ?? 1):\(column ?? 1): " } ?? ""
    return ["sms: \(place)\(message)".escapingControls] + excerpt
      + [hint.map { "hint: \($0)".escapingControls }].compactMap(\.self)
  }

  private var excerpt: [String] {
    guard let text else { return [] }
    let scalars = text.unicodeScalars.map { $0 == "\t" ? " " : $0 }
    func shown(_ part: ArraySlice<Unicode.Scalar>) -> String {
      part.reduce(into: "") { $0.unicodeScalars.append($1) }.escapingControls
    }
    var before = shown(scalars.prefix(offset))
    if before.count > Self.mostBefore { before = "…" + before.suffix(Self.mostBefore - 1) }
    let line = (before + shown(scalars.dropFirst(offset))).cut(toWidth: Self.widest)
    return ["  \(line)", "  \(String(repeating: " ", count: before.displayWidth))^"]
  }
}
