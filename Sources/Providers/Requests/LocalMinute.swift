import Messaging

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
