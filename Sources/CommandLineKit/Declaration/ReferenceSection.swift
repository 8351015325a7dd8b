/// A part of the man page and the reference that belongs to no single command, such as the exit codes.
public struct ReferenceSection: Sendable {
  /// As a heading is written: `Exit status`.
  public var title: String
  /// Paragraphs, separated by empty lines; one that starts with a space keeps its lines as they are.
  public var text: String
  /// Terms and what they mean, listed below the text.
  public var entries: [(term: String, meaning: String)]

  public init(_ title: String, text: String = "", entries: [(term: String, meaning: String)] = []) {
    self.title = title
    self.text = text
    self.entries = entries
  }
}
