import Messaging

extension CallObjection {
  /// Objects to anything but a whole number as programs write it: where `7x` or `07` is read as 7, something else than
  /// what was meant would be done.
  static func number(_ text: String, _ parameter: CallParameter) -> CallObjection? {
    let number = text.utf8.allSatisfy(\.isDigit) ? Int(text) : nil
    return number.map(String.init) == text ? nil : .notANumber(parameter, text)
  }
}
