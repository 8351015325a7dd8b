import Messaging

/// Adds up what messages would take.
struct SendingCost {
  private var messages = 0
  private var segments = 0
  private var encodings: [MessageEncoding: Int] = [:]

  mutating func add(_ record: MessageRecord) {
    messages += 1
    segments += record.segments ?? 0
    if let encoding = record.encoding { encodings[encoding, default: 0] += 1 }
  }

  /// Such as `3 messages, 4 segments (gsm7 2, ucs2 1); nothing was sent`.
  var words: String {
    let parts = MessageEncoding.allCases.compactMap { encoding in
      encodings[encoding].map { "\(encoding.rawValue) \($0)" }
    }
    let detail = parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    return "\(counted(messages, "message")), \(counted(segments, "segment"))\(detail); nothing was sent"
  }
}

/// A number with its noun, in the plural where it is not 1.
func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}
