extension Sequence<UInt8> {
  /// How many bytes come before the first that is not part of valid UTF-8; nil where all are valid.
  public func offsetOfInvalidUTF8() -> Int? {
    var iterator = makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    var offset = 0
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar): offset += scalar.count
      case .error: return offset
      case .emptyInput: return nil
      }
    }
  }
}
