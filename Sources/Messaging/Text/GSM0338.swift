/// The default alphabet of GSM 03.38 (3GPP TS 23.038, 6.2.1) and its extension table (6.2.1.1).
package enum GSM0338 {
  /// Septets that a character takes: 1, 2 for one of the extension table, or nil for one that is in neither.
  package static func septets(for scalar: Unicode.Scalar) -> Int? {
    switch scalar {
    case "\u{C}", "^", "{", "}", "\\", "[", "~", "]", "|", "€": 2
    case "`": nil
    case "\n", "\r", " "..."~": 1
    default: !scalar.isASCII && beyondASCII.contains(scalar) ? 1 : nil
    }
  }

  private static let beyondASCII = Set("£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà".unicodeScalars)
}
