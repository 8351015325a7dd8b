import CCurl
import Messaging
import TextFormats

/// Header lines in libcurl's format; they must outlive the transfer that uses them.
final class HeaderList {
  private let fields: [HeaderField]
  private(set) var pointer: UnsafeMutablePointer<curl_slist>?

  /// Nil if a field is not a single line (CR, LF or NUL in it), or its name is not a token (RFC 9110, 5.6.2).
  init?(_ fields: [HeaderField]) {
    self.fields = fields
    guard fields.allSatisfy(\.isOneLine) else { return nil }
    // By default libcurl asks for "100 Continue" before long bodies, and waits a second for it.
    append("Expect:")
    // To send a field without a value, libcurl requires a semicolon after its name; with a colon, it drops the field.
    for field in fields { append(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)") }
  }

  /// Whether the list was made from exactly these fields.
  func holds(_ others: [HeaderField]) -> Bool {
    fields.count == others.count
      && zip(fields, others).allSatisfy {
        $0.name.hasBytes(of: $1.name) && $0.value.hasBytes(of: $1.value)
      }
  }

  deinit {
    ccurl_slist_free_all(pointer)
  }

  private func append(_ line: String) {
    pointer = ccurl_slist_append(pointer, line) ?? pointer
  }
}

extension HeaderField {
  fileprivate var isOneLine: Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ";") }
      && !value.utf8.contains { $0 == 0 || $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }
  }
}
