import TextFormats

extension String {
  /// The text with every one of these secrets masked, however it is spelled: as it is, in a form, in JSON, in Base64.
  ///
  /// Shorter ones than 4 characters are no secrets worth hiding, and would hide half of the text.
  package func masking(_ secrets: [String]) -> String {
    secrets.filter { $0.count >= 4 }.flatMap(\.spellings).reduce(self) { $0.replacing($1, with: "********") }
  }

  /// The ways in which a provider may write the text when it repeats what it was sent.
  private var spellings: [String] {
    var form: [UInt8] = []
    form.appendFormEncoded(self)
    let formText = String(decoding: form, as: UTF8.self)
    let all = [self, formText, formText.replacing("+", with: "%20"), jsonEscaped, phpEscaped, Base64.encoded(utf8)]
    return all.indices.filter { all.firstIndex(of: all[$0]) == $0 }.map { all[$0] }
  }

  /// As our own writer puts it between quotes.
  private var jsonEscaped: String {
    var bytes: [UInt8] = []
    JSONValue.string(self).write(to: &bytes)
    return String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
  }

  /// As `json_encode` of PHP writes it unless told otherwise: slashes escaped, and everything beyond ASCII.
  private var phpEscaped: String {
    jsonEscaped.replacing("/", with: "\\/").utf16.map { unit in
      guard unit > 0x7F else { return String(UnicodeScalar(UInt8(truncatingIfNeeded: unit))) }
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }
}

extension ProviderError {
  /// The error as it may be shown, should the provider's words repeat a secret.
  func masking(_ secrets: [String]) -> ProviderError {
    var masked = self
    masked.message = message.masking(secrets)
    return masked
  }
}
