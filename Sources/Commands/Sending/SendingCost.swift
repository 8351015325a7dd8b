import Application
import Messaging

/// Adds up what messages would take.
struct SendingCost {
  private(set) var messages = 0
  private(set) var segments = 0
  private(set) var encodings: [MessageEncoding: Int] = [:]
  /// Of those in UCS-2: segments, what these would be in GSM-7 without the characters that it lacks, and those.
  private(set) var ucs2 = (segments: 0, segmentsWithout: 0, characters: CharacterTally())
  /// Nil where it is not known.
  let price: SegmentPrice?

  init(price: SegmentPrice? = nil) {
    self.price = price
  }

  mutating func add(_ record: MessageRecord) {
    let segments = record.segments ?? 0
    messages += 1
    self.segments += segments
    guard let encoding = record.encoding else { return }
    encodings[encoding, default: 0] += 1
    guard encoding == .ucs2, let body = record.body else { return }
    let cause = UCS2Cause(of: body)
    ucs2.segments += segments
    ucs2.segmentsWithout += cause.segmentsWithout
    ucs2.characters.add(cause.characters)
  }
}
