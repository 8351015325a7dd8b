import Configuration
import Messaging
import Platform
import TextFormats

extension Context {
  /// The time given to an option such as `--since`; nil if it wasn't given.
  package func moment(_ time: TimeExpression?, of argument: String) throws -> Timestamp? {
    guard let time else { return nil }
    let now = environment.now()
    return try time.moment(of: argument, now: now, zone: try localZone())
  }

  /// The time given to an option such as `--at`. Throws if it is in the past.
  package func futureMoment(_ time: TimeExpression, of argument: String) throws -> Timestamp {
    let now = environment.now()
    return try time.future(of: argument, now: now, zone: try localZone())
  }

  /// The machine's time zone, for times given without one. Throws if it is unknown.
  package func localZone() throws(Failure) -> TimeZoneRules {
    guard let zone = environment.timeZone(nil) else { throw environment.unknownLocalZone }
    return zone
  }

  /// How phone numbers are parsed. Without settings, only numbers with a country code are valid.
  package func numberRules(_ settings: Settings?) -> NumberRules {
    NumberRules(countryCode: settings?.countryCode, allowsUnusual: globals[GlobalOptions.allowUnusualNumbers])
  }

  /// Parses a phone number or short code; `argument` is the operand or option it came from.
  package func number(_ text: String, of argument: String, _ settings: Settings?) throws -> PhoneNumber {
    do {
      return try PhoneNumber(parsing: text, by: numberRules(settings))
    } catch {
      throw InputError(.phoneNumber(text, error), at: .argument(argument))
    }
  }

  /// Parses a phone number. Throws if it is a short code.
  package func phoneNumber(_ text: String, of argument: String, _ settings: Settings) throws -> PhoneNumber {
    let number = try number(text, of: argument, settings)
    guard !number.isShortCode else {
      throw Failure.shortCode(number.e164, of: argument)
    }
    return number
  }
}

extension Environment {
  /// The error for times without a zone, when `timeZone(nil)` is nil.
  package var unknownLocalZone: Failure {
    // UTC is always known, so only another zone shows whether the time zone tables are installed.
    let hasTables = timeZone("Europe/London") != nil
    let hint = hasTables ? "set TZ to a name such as Europe/London" : installation(of: .timeZones)
    return .unknownTimeZone(variables["TZ"] ?? "", hint: hint)
  }
}

extension TimeExpression {
  /// The time that the expression means; `argument` is the operand or option it came from.
  package func moment(of argument: String, now: Timestamp, zone: TimeZoneRules) throws(InputError) -> Timestamp {
    let moments = moments(now: now, zone: zone)
    guard moments.count == 1 else {
      throw InputError(.ambiguousTime(isSkipped: moments.isEmpty, zone: zone.name), at: .argument(argument))
    }
    return moments[0]
  }

  /// The time that the expression means. Throws if it is in the past.
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
  /// `TZ` names a time zone that this machine doesn't know.
  package static func unknownTimeZone(_ name: String, hint: String) -> Failure {
    Failure(
      "configuration", .configuration, "unknown time zone '\(name.escapingControls)' (TZ)",
      hint: hint)
  }

  /// A short code where only a phone number is allowed.
  package static func shortCode(_ code: String, of argument: String) -> Failure {
    Failure(
      "unsupported", .unsupported, "\(argument): \(code) is a short code, not a phone number",
      hint: "start a number with + and the country code")
  }
}

extension String {
  /// Whether it can be a name: at most `limit` scalars, none of them a control or format character or a line break.
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
