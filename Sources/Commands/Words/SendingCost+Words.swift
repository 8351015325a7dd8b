import Messaging

extension SendingCost {
  /// Such as `3 messages, 4 segments (gsm7 2, ucs2 1); nothing was sent`.
  var words: String {
    let parts = MessageEncoding.allCases.compactMap { encoding in
      encodings[encoding].map { "\(encoding.rawValue) \($0)" }
    }
    let detail = parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    return "\(counted(messages, "message")), \(counted(segments, "segment"))\(detail); nothing was sent"
  }
}
