/// The default alphabet of GSM 03.38 (3GPP TS 23.038, 6.2.1) and its extension table (6.2.1.1).
package enum GSM0338 {
  /// Septets that a character takes: 1, 2 for one of the extension table, or nil for one that is in neither.
  package static func septets(for scalar: Unicode.Scalar) -> Int? {
    if scalar.value < 128 {
      let septets = ascii[Int(scalar.value)]
      return septets == 0 ? nil : septets
    }
    if scalar == "€" { return 2 }
    return beyondASCII.contains(scalar) ? 1 : nil
  }

  /// By code point: septets, or 0 for characters that are missing.
  private static let ascii: [Int] = (0..<128).map { value in
    let scalar = Unicode.Scalar(UInt8(value))
    if "\u{C}^{}\\[~]|".unicodeScalars.contains(scalar) { return 2 }
    let isPresent = value >= 0x20 && value < 0x7F && scalar != "`"
    return isPresent || scalar == "\n" || scalar == "\r" ? 1 : 0
  }

  private static let beyondASCII = Set("£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà".unicodeScalars)
}
