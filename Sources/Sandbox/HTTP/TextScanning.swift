/// A number written with the digits 0 to 9 alone; nil for anything else, and where it does not fit.
func wholeNumber(_ text: String) -> Int? {
  text.utf8.allSatisfy(\.isDigit) ? Int(text) : nil
}

extension UInt8 {
  /// Whether it is one of `0` to `9`.
  var isDigit: Bool { (0x30...0x39).contains(self) }

  /// Whether it is a space or a tab.
  var isBlank: Bool { self == 0x20 || self == 0x09 }
}

extension BidirectionalCollection<UInt8> {
  /// Without spaces and tabs at either end.
  var trimmingBlanks: SubSequence {
    let rest = drop(while: \.isBlank)
    let last = rest.lastIndex { !$0.isBlank }
    return last.map { rest[...$0] } ?? rest
  }
}

extension StringProtocol {
  /// Without spaces and tabs at either end.
  var trimmingBlanks: String {
    String(decoding: Array(utf8).trimmingBlanks, as: UTF8.self)
  }
}
