import Application
import Messaging

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
