/// What tells apart the messages of a request: number and text.
///
/// Texts are compared by their bytes, as `String` equates what only looks the same.
package struct MessageIdentity: Hashable {
  private let number: PhoneNumber
  private let text: String

  package init(to number: PhoneNumber, text: String) {
    self.number = number
    self.text = text
  }

  package init(_ message: OutgoingMessage) {
    self.init(to: message.to, text: message.body)
  }

  package static func == (one: Self, other: Self) -> Bool {
    var (text, otherText) = (one.text, other.text)
    return one.number == other.number
      && text.withUTF8 { text in otherText.withUTF8 { text.elementsEqual($0) } }
  }

  /// The number alone: few messages of a request share it, if any.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(number)
  }
}
