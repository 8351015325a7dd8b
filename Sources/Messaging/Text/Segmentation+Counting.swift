extension Segmentation {
  /// Counts the segments of `text`.
  public init(of text: String) {
    self.init(encoding: .gsm7, segments: 1, units: text.unicodeScalars.count)
  }
}
