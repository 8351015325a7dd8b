extension String {
  /// Whether it can name something: up to so many scalars, all of which show.
  func isName(upTo limit: Int) -> Bool {
    unicodeScalars.count <= limit && !unicodeScalars.contains(where: \.isControlOrNewline)
  }
}

extension Unicode.Scalar {
  fileprivate var isControlOrNewline: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
    default: false
    }
  }
}
