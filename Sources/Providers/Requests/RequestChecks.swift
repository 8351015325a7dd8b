import Messaging

extension SendObjection {
  /// Objects to a text of more than `limit` UTF-16 code units.
  static func length(of text: String, limit: Int) -> SendObjection? {
    let length = text.utf16.count
    return length > limit ? .tooLong(limit: limit, length: length) : nil
  }

  /// Objects to a missing sender, or one that is not a number.
  static func senderNumber(_ sender: String?) -> SendObjection? {
    guard let sender else { return .senderMissing }
    return Sender.digits(sender) == nil ? .senderInvalid(sender) : nil
  }
}

extension CallObjection {
  /// Objects to anything but a canonical integer: a provider that reads `7x` or `07` as 7 would do the wrong thing.
  static func number(_ text: String, _ parameter: CallParameter) -> CallObjection? {
    let number = text.utf8.allSatisfy(\.isDigit) ? Int(text) : nil
    return number.map(String.init) == text ? nil : .notANumber(parameter, text)
  }
}

extension BatchKey {
  /// The key of messages whose requests share these fields, so that key and request always agree.
  ///
  /// Compared as sent: texts that only look alike have different bytes.
  init(_ common: [FormField]) {
    self.init(common.isEmpty ? [] : [String(decoding: HTTPBody.form(common).bytes, as: UTF8.self)])
  }
}

/// The sender of messages, as these APIs write it.
enum Sender {
  /// The digits of a phone number or short code that don't start with 0; nil for anything else.
  static func digits(_ text: String) -> String? {
    PhoneNumber(inAPI: text).flatMap { $0.digits.hasPrefix("0") ? nil : $0.digits }
  }

  /// A number as E.164, anything else as is, so that senders can be compared.
  static func normalized(_ text: String) -> String {
    PhoneNumber(inAPI: text)?.e164 ?? text
  }
}

extension FormField {
  /// The field for a sender: the digits of a number, anything else as is; none for nil.
  static func sender(_ name: String, _ sender: String?) -> [FormField] {
    optional(name, sender.map { Sender.digits($0) ?? $0 })
  }
}

/// A time for APIs without seconds or time zones: what clocks in the profile's zone show.
struct LocalMinute {
  var moment: Timestamp
  var civil: CivilTime
  private var zone: TimeZoneRules

  /// The first full minute not before `moment`: a message is never sent earlier than requested.
  init(notBefore moment: Timestamp, in zone: TimeZoneRules) {
    let second = zone.civil(at: moment).second
    self.init(at: second == 0 ? moment : moment.adding(seconds: Int64(60 - second)), in: zone)
  }

  /// The last full minute not after `moment`: nothing continues longer than requested.
  init(notAfter moment: Timestamp, in zone: TimeZoneRules) {
    self.init(at: moment.adding(seconds: -Int64(zone.civil(at: moment).second)), in: zone)
  }

  private init(at moment: Timestamp, in zone: TimeZoneRules) {
    self.moment = moment
    civil = zone.civil(at: moment)
    self.zone = zone
  }

  /// `YYYY-MM-DD HH:MM`.
  var yearFirst: String { "\(civil.dateText) \(civil.timeText)" }

  /// `DD-MM-YYYY HH:MM`.
  var dayFirst: String {
    "\(civil.dateText.split(separator: "-").reversed().joined(separator: "-")) \(civil.timeText)"
  }

  /// The objection to it, if clocks show it twice: the provider may take the earlier one.
  var objection: SendObjection? {
    zone.moment(of: civil) == nil ? .localTimeRepeated(civil, zone: zone.name) : nil
  }
}
