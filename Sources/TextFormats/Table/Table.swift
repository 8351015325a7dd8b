/// Rows of cells under a header, laid out for people.
public struct Table: Sendable {
  /// A heading, and the layout of the cells below it.
  public struct Column: Hashable, Sendable {
    public var header: String
    public var alignment: Alignment
    /// Whether its cells are never cut, as part of a number would be a different number.
    public var isKeptWhole: Bool
    /// Whether its cells are put below their rows if they don't fit: for explanations.
    public var isDetail: Bool
    /// Columns with higher numbers are the first to be omitted if not all fit.
    public var importance: Int

    public init(
      _ header: String, alignment: Alignment = .left, isKeptWhole: Bool = false, isDetail: Bool = false,
      importance: Int = 0
    ) {
      self.header = header
      self.alignment = alignment
      (self.isKeptWhole, self.isDetail) = (isKeptWhole, isDetail)
      self.importance = importance
    }
  }

  /// The alignment of cells; right for numbers.
  public enum Alignment: Hashable, Sendable {
    case left, right
  }

  /// A text and its meaning, shown by a style.
  public struct Cell: Hashable, Sendable {
    public var text: String
    public var style: CellStyle

    public init(_ text: String, style: CellStyle = .plain) {
      self.text = text
      self.style = style
    }
  }

  public var columns: [Column]
  /// Rows may be shorter than the header; cells beyond the last column are ignored.
  public var rows: [[Cell]]

  public init(columns: [Column], rows: [[Cell]] = []) {
    self.columns = columns
    self.rows = rows
  }
}

/// The meaning of a cell, shown by a color.
public enum CellStyle: Hashable, Sendable {
  case plain, good, bad, warning, dim, heading

  /// The text inside the control sequences of this style (ECMA-48, SGR).
  public func applied(to text: String) -> String {
    guard let code, !text.isEmpty else { return text }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }

  private var code: Int? {
    switch self {
    case .plain: nil
    case .heading: 1
    case .dim: 2
    case .bad: 31
    case .good: 32
    case .warning: 33
    }
  }
}
