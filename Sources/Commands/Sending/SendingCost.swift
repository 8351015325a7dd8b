import Application
import Configuration
import Messaging
import TextFormats

/// Adds up the messages and segments to send, and their cost.
struct SendingCost {
  private(set) var messages = 0
  private(set) var segments = 0
  private var gsm7 = 0
  /// Of those in UCS-2: how many, segments, what these would be in GSM-7 without the characters that it lacks, and those.
  private(set) var ucs2 = (messages: 0, segments: 0, segmentsWithout: 0, characters: CharacterTally())
  /// Nil if it is unknown.
  let price: SegmentPrice?

  init(price: SegmentPrice? = nil) {
    self.price = price
  }

  mutating func add(_ record: MessageRecord) {
    let segments = record.segments ?? 0
    messages += 1
    self.segments += segments
    if record.encoding == .gsm7 { gsm7 += 1 }
    guard record.encoding == .ucs2 else { return }
    ucs2.messages += 1
    guard let body = record.body else { return }
    let cause = UCS2Cause(of: body)
    ucs2.segments += segments
    ucs2.segmentsWithout += cause.segmentsWithout
    ucs2.characters.add(cause.characters)
  }

  /// How many messages are in each encoding that occurs.
  var encodings: [(encoding: MessageEncoding, messages: Int)] {
    [(.gsm7, gsm7), (.ucs2, ucs2.messages)].filter { $0.1 > 0 }
  }
}

extension SendingCost {
  /// The lines after a dry run: `3 messages, 4 segments (gsm7 2, ucs2 1); nothing was sent`, then why some messages
  /// are in UCS-2.
  func lines(skipped: Int = 0) -> [String] {
    let rest = skipped > 0 ? "; \(counted(skipped, "row")) skipped" : ""
    return ["\(total); nothing was sent\(rest)"] + ucs2Lines(counted(ucs2.messages, "message"))
  }

  /// The note before sending.
  var announcement: String { "sending \(total)" }

  /// The question before sending many messages.
  func question(to settings: Settings) -> String { "Send \(total), with \(settings.ownerWords)?" }

  private var total: String {
    let parts = encodings.map { "\($0.encoding.rawValue) \($0.messages)" }
    let detail = parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    return "\(counted(messages, "message")), \(counted(segments, "segment"))\(detail)\(priceWords)"
  }

  /// For example, `, cost 0.0300 (0.0075 per segment)`.
  private var priceWords: String {
    price.map { ", cost \($0.total(of: segments)) (\($0.total(of: 1)) per segment)" } ?? ""
  }

  /// For example, `these characters make 1 message UCS-2 (2 segments instead of 1); --gsm replaces them:`, and the
  /// characters; empty if all messages are in GSM-7.
  private func ucs2Lines(_ subject: String) -> [String] {
    let saving = ucs2.segments == ucs2.segmentsWithout ? "" : " instead of \(ucs2.segmentsWithout)"
    let hint = ucs2.characters.substitutesHint.map { "; \($0)" } ?? ""
    return ucs2.characters.lines.headed(
      "these characters make \(subject) UCS-2 (\(counted(ucs2.segments, "segment"))\(saving))\(hint):")
  }
}

// MARK: - One text for a list

extension SendingCost {
  /// The lines after a dry run: `2 segments (gsm7) to each contact; nothing was sent`, then why it is in UCS-2.
  var listLines: [String] {
    ["\(listTotal); nothing was sent"] + ucs2Lines("the text")
  }

  /// The note before sending.
  var listAnnouncement: String { "sending \(listTotal)" }

  /// The question before sending; asked for any list, because the number of contacts isn't known.
  func question(ofList list: String, to settings: Settings) -> String {
    Self.listQuestion(listTotal, list, settings.ownerWords)
  }

  private var listTotal: String {
    let detail = encodings.first.map { " (\($0.encoding.rawValue))" } ?? ""
    return "\(counted(segments, "segment"))\(detail)\(priceWords) to each contact"
  }
}

extension Settings {
  /// The account, as questions name it: `profile 'office' (Sendapp)`.
  fileprivate var ownerWords: String {
    profile.map { "profile '\($0.name)' (\(descriptor.title))" } ?? descriptor.title
  }
}

extension SendingCost {
  private static var example: SendingCost {
    var cost = SendingCost(price: SegmentPrice("0.0075"))
    for body in ["Hello", "“Dinner” 🎉"] {
      var record = MessageRecord(status: .planned)
      let segmentation = Segmentation(of: body)
      (record.body, record.encoding, record.segments) = (body, segmentation.encoding, segmentation.segments)
      cost.add(record)
    }
    return cost
  }

  /// The notes before and after sending.
  static var examples: [String] {
    example.lines() + [example.lines(skipped: 2)[0], example.announcement, example.listAnnouncement] + example.listLines
  }

  static var questionExamples: [String] {
    ["Send \(example.total), with profile 'office' (Sendapp)?", listQuestion(example.listTotal, "7", "Sendapp")]
      .map { "\($0) [y/N] " }
  }

  private static func listQuestion(_ total: String, _ list: String, _ owner: String) -> String {
    "Send \(total) on list '\(list)' (number unknown) with \(owner)?"
  }
}
