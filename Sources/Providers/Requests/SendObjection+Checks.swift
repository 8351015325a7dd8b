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
