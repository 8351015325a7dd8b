/// What an argument is by its looks alone. Judged byte by byte: to Swift `=` and a combining mark are one `Character`.
enum ArgumentShape {
  /// A command or an operand; so is `-` alone.
  case word
  /// `--`: only words follow.
  case terminator
  /// `--name` or `--name=value`.
  case long(name: String, value: String?)
  /// `-qv`, without the dash.
  case bundle(Substring.UnicodeScalarView)

  init(_ argument: String) {
    let bytes = argument.utf8
    guard bytes.first == .dash, bytes.count > 1 else {
      self = .word
      return
    }
    guard bytes.dropFirst().first == .dash else {
      self = .bundle(argument.unicodeScalars.dropFirst())
      return
    }
    let parts = bytes.dropFirst(2).split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
    let (name, value) = (parts[0], parts.dropFirst().first)
    self =
      bytes.count == 2
      ? .terminator : .long(name: String(Substring(name)), value: value.map { String(Substring($0)) })
  }
}

extension UInt8 {
  fileprivate static var dash: UInt8 { UInt8(ascii: "-") }
}

extension String {
  /// Whether both are the same bytes; `==` would take canonically equivalent texts for the same.
  func isSpelled(_ other: some StringProtocol) -> Bool {
    utf8.elementsEqual(other.utf8)
  }
}
