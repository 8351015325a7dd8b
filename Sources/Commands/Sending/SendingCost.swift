import Messaging

/// Adds up what messages would take.
struct SendingCost {
  private(set) var messages = 0
  private(set) var segments = 0
  private(set) var encodings: [MessageEncoding: Int] = [:]

  mutating func add(_ record: MessageRecord) {
    messages += 1
    segments += record.segments ?? 0
    if let encoding = record.encoding { encodings[encoding, default: 0] += 1 }
  }
}
