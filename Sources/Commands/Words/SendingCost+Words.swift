import Messaging

extension SendingCost {
  /// The lines after a dry run: such as `3 messages, 4 segments (gsm7 2, ucs2 1); nothing was sent`, then why some are
  /// in UCS-2.
  func lines(skipped: Int = 0) -> [String] {
    let rest = skipped > 0 ? "; \(counted(skipped, "row")) skipped" : ""
    return ["\(total); nothing was sent\(rest)", ucs2Words].compactMap(\.self)
  }

  /// Before they are sent.
  var announcement: String { "to be sent: \(total)" }

  /// Before many are sent.
  func question(to settings: Settings) -> String { "Send \(total), through \(settings.ownerWords)?" }

  private var total: String {
    let parts = MessageEncoding.allCases.compactMap { encoding in
      encodings[encoding].map { "\(encoding.rawValue) \($0)" }
    }
    let detail = parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    return "\(counted(messages, "message")), \(counted(segments, "segment"))\(detail)\(priceWords)"
  }

  /// Such as `, price 0.0300 (0.0075 a segment)`.
  private var priceWords: String {
    price.map { ", price \($0.total(of: segments)) (\($0.total(of: 1)) a segment)" } ?? ""
  }

  /// Nil where all of them are in GSM-7.
  private var ucs2Words: String? {
    guard let messages = encodings[.ucs2] else { return nil }
    let verb = messages == 1 ? "is" : "are"
    return "\(counted(messages, "message")) \(verb) ucs2: \(causeWords)"
  }

  /// Such as `2 segments, 1 without ê U+00EA LATIN SMALL LETTER E WITH CIRCUMFLEX (once)`.
  private var causeWords: String {
    let segments = "\(counted(ucs2.segments, "segment")), \(ucs2.segmentsWithout) without"
    return "\(segments) \(ucs2.characters.words)\(ucs2.characters.substitutesHint)"
  }
}

// MARK: - One text for a list

extension SendingCost {
  /// The lines after a dry run: such as `2 segments (gsm7) for each contact; nothing was sent`, then why it is in UCS-2.
  var listLines: [String] {
    let cause = encodings[.ucs2] == nil ? nil : "ucs2: \(causeWords)"
    return ["\(listTotal); nothing was sent", cause].compactMap(\.self)
  }

  /// Before it is sent.
  var listAnnouncement: String { "to be sent: \(listTotal)" }

  /// How many contacts there are can't be said: so it is asked whatever the number.
  func question(ofList list: String, to settings: Settings) -> String {
    "Send \(listTotal) of the list '\(list)', however many they are, through \(settings.ownerWords)?"
  }

  private var listTotal: String {
    let detail = encodings.keys.first.map { " (\($0.rawValue))" } ?? ""
    return "\(counted(segments, "segment"))\(detail)\(priceWords) for each contact"
  }
}

extension Settings {
  /// Whose account it is, such as `the profile 'office' (Sendapp)`.
  fileprivate var ownerWords: String {
    profile.map { "the profile '\($0.name)' (\(descriptor.title))" } ?? descriptor.title
  }
}
