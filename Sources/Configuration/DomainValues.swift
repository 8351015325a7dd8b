import CommandLineKit
import Messaging

extension ValueKind where Value == DeviceSelector {
  /// A device, or one of its SIM slots.
  package static var device: Self {
    ValueKind("ID[:SIM]", completion: .dynamic("devices")) { (text) throws(ValueProblem) in
      guard let device = DeviceSelector(text) else {
        throw .other("not a device", hint: "use an ID such as 1, or 1:0 for its first SIM")
      }
      return device
    }
  }
}

extension ValueKind where Value == String {
  /// A single line of text that isn't blank.
  package static var line: Self {
    ValueKind("TEXT") { (text) throws(ValueProblem) in
      guard !text.isBlank else { throw .empty }
      guard SenderText.isSafe(text) else { throw .other("must be a single line") }
      return text
    }
  }

  /// A sender number or sender ID: a single line that isn't empty.
  package static var sender: Self {
    ValueKind("SENDER") { (text) throws(ValueProblem) in
      guard !text.isEmpty else { throw .empty }
      guard SenderText.isSafe(text) else { throw .other("must be a single line") }
      return text
    }
  }

  /// A web address: http or https, a host, and no spaces.
  package static var webAddress: Self {
    ValueKind("URL") { (text) throws(ValueProblem) in
      let parts = text.split(separator: ":", maxSplits: 1)
      let isWeb = ["http", "https"].contains(parts.first?.lowercased() ?? "")
      guard isWeb, parts.count == 2, parts[1].hasPrefix("//"), let host = parts[1].dropFirst(2).unicodeScalars.first,
        !"/?#:".unicodeScalars.contains(host), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
      else {
        throw .other("not a URL", hint: "upload the file first, then use its URL, such as https://example.com/cat.jpg")
      }
      return text
    }
  }

  /// An alphanumeric sender ID.
  package static var senderID: Self {
    ValueKind("ID") { (text) throws(ValueProblem) in
      guard SenderID.isAlphanumeric(text) else {
        throw .other(
          "not a sender ID", hint: "use 1 to 11 letters A to Z and digits, with at least one letter")
      }
      return text
    }
  }
}

/// Characters that senders and secrets must not contain, because they are used in headers and logs.
package enum SenderText {
  package static func isSafe(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0 != "\r" && $0 != "\n" && $0 != "\0" }
  }
}
