import Configuration
import Messaging
import Platform
import TextFormats

extension Context {
  /// The moment that an option such as `--since` means; nil where it wasn't given.
  package func moment(_ time: TimeExpression?, of argument: String) throws -> Timestamp? {
    guard let time else { return nil }
    let now = environment.now()
    return try time.moment(of: argument, now: now, zone: try localZone())
  }

  /// The moment that an option such as `--at` means, which must not be over yet.
  package func futureMoment(_ time: TimeExpression, of argument: String) throws -> Timestamp {
    let now = environment.now()
    return try time.future(of: argument, now: now, zone: try localZone())
  }

  /// The machine's own time zone, in which times are given that have none.
  package func localZone() throws(Failure) -> TimeZoneRules {
    guard let zone = environment.timeZone(nil) else { throw environment.unknownLocalZone }
    return zone
  }

  /// How numbers are read; without settings, those with their country code only.
  package func numberRules(_ settings: Settings?) -> NumberRules {
    NumberRules(countryCode: settings?.countryCode, allowsUnusual: globals[GlobalOptions.allowUnusualNumbers])
  }

  /// A phone number or short code from an operand or option; `argument` is where it was given.
  package func number(_ text: String, of argument: String, _ settings: Settings?) throws -> PhoneNumber {
    do {
      return try PhoneNumber(parsing: text, by: numberRules(settings))
    } catch {
      throw InputError(.phoneNumber(text, error), at: .argument(argument))
    }
  }

  /// The same where a short code can't be meant.
  package func phoneNumber(_ text: String, of argument: String, _ settings: Settings) throws -> PhoneNumber {
    let number = try number(text, of: argument, settings)
    guard !number.isShortCode else {
      throw Failure.shortCode(number.e164, of: argument)
    }
    return number
  }
}

extension Environment {
  /// Why times without a zone can't be read where `timeZone(nil)` is nil.
  package var unknownLocalZone: Failure {
    // UTC is known everywhere; where nothing else is, there are no tables.
    let hasTables = timeZone("Europe/London") != nil
    let hint = hasTables ? "set TZ to a name such as Europe/London" : installation(of: .timeZones)
    return .unknownTimeZone(variables["TZ"] ?? "", hint: hint)
  }
}

extension TimeExpression {
  /// The moment meant; `argument` is where it was given.
  package func moment(of argument: String, now: Timestamp, zone: TimeZoneRules) throws(InputError) -> Timestamp {
    let moments = moments(now: now, zone: zone)
    guard moments.count == 1 else {
      throw InputError(.ambiguousTime(isSkipped: moments.isEmpty, zone: zone.name), at: .argument(argument))
    }
    return moments[0]
  }

  /// The moment meant, which must not be over yet; `argument` is where it was given.
  package func future(of argument: String, now: Timestamp, zone: TimeZoneRules) throws(InputError) -> Timestamp {
    let moment = try moment(of: argument, now: now, zone: zone)
    guard moment >= now else { throw InputError(.timeInPast(moment), at: .argument(argument)) }
    return moment
  }
}

extension InputError.Problem {
  package static func ambiguousTime(isSkipped: Bool, zone: String) -> Self {
    let reason = isSkipped ? "clocks skip that time" : "clocks show that time twice"
    let zone = zone == "local" ? "the local time zone" : "the time zone \(zone)"
    return Self("\(reason) in \(zone)", hint: "add an offset, such as 2036-03-01T09:30:00+01:00")
  }

  package static func timeInPast(_ moment: Timestamp) -> Self {
    Self("\(moment.rfc3339) is in the past", hint: "use a later time, such as +2h")
  }

  /// A file that can't be read.
  package static func missingFile(_ error: SystemError) -> Self {
    Self(error.reason, hint: "check the path, and its permissions")
  }
}

extension Failure {
  /// What `TZ` has isn't known here.
  package static func unknownTimeZone(_ name: String, hint: String) -> Failure {
    Failure(
      "configuration", .configuration, "unknown time zone '\(name.escapingControls)' (TZ)",
      hint: hint)
  }

  /// A short code where it can't be meant.
  package static func shortCode(_ code: String, of argument: String) -> Failure {
    Failure(
      "unsupported", .unsupported, "\(argument): \(code) is a short code, not a phone number",
      hint: "start a number with + and the country code")
  }
}

extension String {
  /// Whether it can name something: up to so many scalars, all of which show.
  package func isName(upTo limit: Int) -> Bool {
    unicodeScalars.count <= limit && !unicodeScalars.contains(where: \.isControlOrNewline)
  }
}

extension Unicode.Scalar {
  fileprivate var isControlOrNewline: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
    default: false
    }
  }
}
