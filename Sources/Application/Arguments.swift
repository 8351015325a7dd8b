import Configuration
import Messaging

extension Context {
  /// The moment that an option such as `--since` means; nil where it wasn't given.
  package func moment(_ time: TimeExpression?, of argument: String) throws(CommandError) -> Timestamp? {
    guard let time else { return nil }
    let zone = environment.timeZone(nil) ?? .utc
    let now = environment.now()
    return try CommandError.wrap { () throws(InputError) in try time.moment(of: argument, now: now, zone: zone) }
  }

  /// The moment that an option such as `--at` means, which must not be over yet.
  package func futureMoment(_ time: TimeExpression, of argument: String) throws(CommandError) -> Timestamp {
    let zone = environment.timeZone(nil) ?? .utc
    let now = environment.now()
    return try CommandError.wrap { () throws(InputError) in try time.future(of: argument, now: now, zone: zone) }
  }

  /// A phone number from an operand or option; `argument` is where it was given.
  package func phoneNumber(
    _ text: String, of argument: String, _ settings: Settings
  ) throws(CommandError) -> PhoneNumber {
    try phoneNumber(text, of: argument, countryCode: settings.countryCode)
  }

  package func phoneNumber(
    _ text: String, of argument: String, countryCode: CountryCode?
  ) throws(CommandError) -> PhoneNumber {
    do {
      return try PhoneNumber(parsing: text, countryCode: countryCode)
    } catch {
      throw .input(InputError(place: .argument(argument), problem: .phoneNumber(text, error)))
    }
  }
}

extension TimeExpression {
  /// The moment meant; `argument` is where it was given.
  package func moment(of argument: String, now: Timestamp, zone: TimeZoneRules) throws(InputError) -> Timestamp {
    do {
      return try moment(now: now, zone: zone)
    } catch {
      throw InputError(place: .argument(argument), problem: .ambiguousTime(error, zone: zone.name))
    }
  }

  /// The moment meant, which must not be over yet; `argument` is where it was given.
  package func future(of argument: String, now: Timestamp, zone: TimeZoneRules) throws(InputError) -> Timestamp {
    let moment = try moment(of: argument, now: now, zone: zone)
    guard moment >= now else { throw InputError(place: .argument(argument), problem: .timeInPast(moment)) }
    return moment
  }
}
