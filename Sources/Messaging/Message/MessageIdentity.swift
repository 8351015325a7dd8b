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
    one.number == other.number && one.text.utf8.elementsEqual(other.text.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(number)
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
