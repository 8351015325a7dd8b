import Messaging

extension SendObjection {
  /// Objects to a text of more than `limit` UTF-16 code units.
  static func length(of text: String, limit: Int) -> SendObjection? {
    let length = text.utf16.count
    return length > limit ? .tooLong(limit: limit, length: length) : nil
  }

  /// Objects where there is no sender, or one that is no number.
  static func senderNumber(_ sender: String?) -> SendObjection? {
    guard let sender else { return .senderMissing }
    return Sender.digits(sender) == nil ? .senderInvalid(sender) : nil
  }
}

extension CallObjection {
  /// Objects to anything but a whole number as programs write it: where `7x` or `07` is read as 7, something else than
  /// what was meant would be done.
  static func number(_ text: String, _ parameter: CallParameter) -> CallObjection? {
    let number = text.utf8.allSatisfy(\.isDigit) ? Int(text) : nil
    return number.map(String.init) == text ? nil : .notANumber(parameter, text)
  }
}

extension BatchKey {
  /// The key of messages whose requests have these fields in common, so that key and request can't disagree.
  ///
  /// They are compared as they are sent: texts that only look alike are different bytes.
  init(_ common: [FormField]) {
    self.init(common.isEmpty ? [] : [String(decoding: HTTPBody.form(common).bytes, as: UTF8.self)])
  }
}

/// Who messages are from, as these APIs write it.
enum Sender {
  /// The digits of a phone number or a short code, the first not 0; nil for anything else.
  static func digits(_ text: String) -> String? {
    PhoneNumber(inAPI: text).flatMap { $0.digits.hasPrefix("0") ? nil : $0.digits }
  }

  /// A number as E.164, anything else as it is, so that who sent a message can be compared.
  static func normalized(_ text: String) -> String {
    PhoneNumber(inAPI: text)?.e164 ?? text
  }
}

extension FormField {
  /// The field for a sender: the digits of a number, anything else as it is; nothing where there is none.
  static func sender(_ name: String, _ sender: String?) -> [FormField] {
    optional(name, sender.map { Sender.digits($0) ?? $0 })
  }
}
