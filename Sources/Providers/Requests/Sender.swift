import Messaging

/// Who messages are from, as these APIs write it.
enum Sender {
  /// The digits of a phone number, or of a short code of 3 to 6 digits, the first not 0; nil for anything else.
  static func digits(_ text: String) -> String? {
    if let number = PhoneNumber(inAPI: text) { return number.digits }
    let isShortCode = (3...6).contains(text.utf8.count) && text.utf8.allSatisfy(\.isDigit) && text.first != "0"
    return isShortCode ? text : nil
  }

  /// A number as E.164, anything else as it is, so that who sent a message can be compared.
  static func normalized(_ text: String) -> String {
    PhoneNumber(inAPI: text)?.e164 ?? text
  }
}

extension ProviderSettings {
  /// The sender of a message: its own, else the profile's.
  func sender(_ own: String?) -> String? {
    own?.unlessBlank ?? strings["from"]?.unlessBlank
  }

  /// The field for the sender: the digits of a number, anything else as it is; nothing where there is none.
  func senderField(_ name: String, _ own: String?) -> [FormField] {
    FormField.optional(name, sender(own).map { Sender.digits($0) ?? $0 })
  }
}
