import Messaging
import TextFormats

extension Timestamp {
  /// How long before `now` it was, in the largest unit that fits: `2 minutes ago`.
  package func ago(_ now: Timestamp) -> String {
    let seconds = Int(now.unixSeconds - unixSeconds)
    let units = [(86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")]
    guard let (length, name) = units.first(where: { seconds >= $0.0 }) else { return "just now" }
    return "\(counted(seconds / length, name)) ago"
  }
}
