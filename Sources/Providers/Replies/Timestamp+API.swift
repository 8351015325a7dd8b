import Messaging

extension Timestamp {
  /// Reads the forms in which APIs write dates: RFC 3339, the same with an offset such as `+0600`, and a date with or
  /// without a time but without an offset, which is read in `zone`. Nil for anything else.
  init?(inAPI text: String, zone: TimeZoneRules) {
    if let time = Timestamp(rfc3339: text) ?? Timestamp(rfc3339: "\(text.dropLast(2)):\(text.suffix(2))") {
      self = time
    } else if let civil = CivilTime(text), let time = try? zone.moment(of: civil) {
      self = time
    } else {
      return nil
    }
  }
}
