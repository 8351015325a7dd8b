/// How the characters of a message are written on the air.
public enum MessageEncoding: String, Sendable {
  /// GSM 03.38 default alphabet, 7 bits a character.
  case gsm7
  /// UCS-2, in fact UTF-16: 16 bits a code unit.
  case ucs2
}

/// A text cut into the parts that networks carry and bill (3GPP TS 23.038 and 23.040).
public struct Segmentation: Hashable, Sendable {
  public var encoding: MessageEncoding
  /// How many parts, 1 or more.
  public var segments: Int
  /// Septets in GSM 03.38 (an extension character takes two), else UTF-16 code units.
  public var units: Int
}
