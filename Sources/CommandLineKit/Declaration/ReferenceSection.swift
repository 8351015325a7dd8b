/// A part of the man page and the reference that belongs to no single command, such as the exit codes; a topic of help.
public struct ReferenceSection: Sendable {
  /// The word behind `help` that shows it, such as `exit-codes`; nil where help doesn't.
  public var topic: String?
  /// As a heading is written: `Exit status`.
  public var title: String
  /// Paragraphs, separated by empty lines; one that starts with a space keeps its lines as they are.
  public var text: String
  /// Terms and what they mean, listed below the text.
  public var entries: [(term: String, meaning: String)]

  /// A section of paragraphs, of entries, or of both.
  public init(
    _ title: String, topic: String? = nil, text: String = "", entries: [(term: String, meaning: String)] = []
  ) {
    self.topic = topic
    self.title = title
    self.text = text
    self.entries = entries
  }
}
