import Application

extension ResultLimit {
  /// What to say when the limit cut something off.
  var moreWords: String { "there may be more than these \(text): ask for more with --limit" }
}
