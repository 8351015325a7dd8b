import Application
import CommandLineKit
import Configuration
import Delivery
import Ledger
import Messaging
import TextFormats

/// The options that say how to send; shared by `send`, `bulk`, and `list-send`.
struct SendOptionSet: Sendable {
  static let from = Option("from", value: .sender, variable: "SMS_FROM", help: "Sender number or sender ID.")
  static let at = Option(
    "at", value: .time, help: "When to send, such as +2h or 'mon 08:00'. The provider holds the message until then.")
  static let device = RepeatedOption(
    "device", value: .device, variable: "SMS_DEVICES", group: phoneGroup, help: "Send from this device or SIM slot.")
  static let useAllDevices = Flag(
    "use-all-devices", group: phoneGroup, help: "Spread messages over all devices. Each uses its default SIM.")
  static let useAllSIMs = Flag("use-all-sims", group: phoneGroup, help: "Spread messages over all SIMs of all devices.")
  static let randomDevice = Flag(
    "random-device", group: phoneGroup, help: "Pick one of the selected devices at random.")
  static let mms = Flag("mms", group: phoneGroup, help: "Send as MMS.")
  static let attach = RepeatedOption(
    "attach", value: .webAddress, group: phoneGroup, help: "Attach the picture at this address; send as MMS.")
  static let priority = Flag("priority", group: phoneGroup, help: "Send ahead of messages already in the queue.")
  static let senderID = Option(
    "sender-id", value: .senderID, group: recurrenceGroup,
    help: "Alphanumeric sender ID. It has 1 to 11 letters and digits.")
  static let `repeat` = Option(
    "repeat", value: .enumeration(Recurrence.Period.self).named("PERIOD"), group: recurrenceGroup,
    help: "Send again every day, week, month, or year.")
  static let every = Option(
    "every", value: .int(1...30), default: 1, group: recurrenceGroup,
    help: "Repeat every N days, weeks, months, or years.")
  static let until = Option(
    "until", value: .time, group: recurrenceGroup, help: "Stop repeating after this time.")

  static let all: [any OptionDeclaration] = [
    from, at, device, useAllDevices, useAllSIMs, randomDevice, mms, attach, priority, senderID, `repeat`, every, until,
  ]

  private static let phoneGroup = "Phones and MMS (V Pixel Pro, Sendapp)"
  private static let recurrenceGroup = "Sender ID and repetition (SMS-iT)"

  var from: String?
  var at: TimeExpression?
  var `repeat`: Recurrence.Period?
  var every: Int
  var until: TimeExpression?
  /// The options that don't depend on the clock or the zone.
  var options = SendOptions()

  /// Throws if options contradict each other.
  init(_ parsed: Parsed) throws(UsageError) {
    from = parsed[Self.from]
    at = parsed[Self.at]
    `repeat` = parsed[Self.repeat]
    every = parsed[Self.every]
    until = parsed[Self.until]
    options = try Self.options(parsed)
    try parsed.require(Self.repeat, with: Self.at)
    try parsed.require(Self.repeat, with: Self.until)
    try parsed.require(Self.every, with: Self.repeat)
    try parsed.require(Self.until, with: Self.repeat)
  }

  private static func options(_ parsed: Parsed) throws(UsageError) -> SendOptions {
    var options = SendOptions()
    try parsed.allowOne(of: device, useAllDevices, useAllSIMs)
    options.devices = parsed[device]
    options.deviceScope = parsed[useAllDevices] ? .allDevices : parsed[useAllSIMs] ? .allSIMs : .chosen
    options.usesRandomDevice = parsed[randomDevice]
    options.attachments = parsed[attach]
    options.isMMS = parsed[mms] || !options.attachments.isEmpty
    options.isPriority = parsed[priority]
    options.senderID = parsed[senderID]
    return options
  }
}

extension SendOptionSet {
  /// The values for all messages, resolved with the clock, zone, and profile.
  ///
  /// With `isPerhapsSent`, `--at` may be in the past: call `requireFuture` before sending.
  func template(
    _ settings: Settings, now: Timestamp, localZone: () throws -> TimeZoneRules, isPerhapsSent: Bool = false
  ) throws -> MessageTemplate {
    var template = MessageTemplate(from: from ?? settings.defaultSender, options: options)
    if let at {
      if !isPerhapsSent { try requireFuture(now: now, localZone: localZone) }
      template.time = PlannedTime(moment: try at.moment(of: "--at", now: now, zone: try localZone()), typed: at.text)
    }
    if let period = `repeat`, let until {
      let end = try until.moment(of: "--until", now: now, zone: try localZone())
      guard end >= template.time?.moment ?? now else {
        throw InputError(.endsTooEarly(end), at: .argument("--until"))
      }
      template.options.recurrence = Recurrence(period: period, frequency: every, until: end)
      template.typedUntil = until.text
    }
    return template
  }

  /// Throws if the time for all messages is in the past.
  func requireFuture(now: Timestamp, localZone: () throws -> TimeZoneRules) throws {
    _ = try at?.future(of: "--at", now: now, zone: try localZone())
  }

  /// The content that a key identifies; `typed` are other arguments that change what is sent.
  func content(
    of capability: Capability, to recipients: [String], body: String, _ template: MessageTemplate,
    typed: [String?] = []
  ) -> SendContent {
    SendContent(
      command: capability.command, recipients: recipients, body: body, from: template.from, options: template.options,
      typed: [at?.text, until?.text] + typed)
  }

  /// The given options that only some providers support, by feature.
  var requestedFeatures: [(feature: SendFeature, option: String)] {
    let requests: [(Bool, SendFeature, String)] = [
      (from != nil, .from, "--from"), (at != nil, .schedule, "--at"), (!options.devices.isEmpty, .device, "--device"),
      (options.deviceScope == .allDevices, .allDevices, "--use-all-devices"),
      (options.deviceScope == .allSIMs, .allSIMs, "--use-all-sims"),
      (options.usesRandomDevice, .randomDevice, "--random-device"),
      (options.isMMS, .mms, options.attachments.isEmpty ? "--mms" : "--attach"),
      (options.isPriority, .priority, "--priority"), (options.senderID != nil, .senderID, "--sender-id"),
      (`repeat` != nil, .recurrence, "--repeat"),
    ]
    return requests.filter(\.0).map { ($0.1, $0.2) }
  }
}

/// What all messages of a command have in common.
struct MessageTemplate: Hashable, Sendable {
  var from: String?
  var time: PlannedTime?
  var options: SendOptions
  /// When repetitions end, as given.
  var typedUntil: String?

  func message(to number: PhoneNumber, body: String) -> OutgoingMessage {
    OutgoingMessage(to: number, body: body, from: from, scheduledAt: time?.moment, options: options)
  }
}

extension InputError.Problem {
  static func endsTooEarly(_ end: Timestamp) -> Self {
    Self("\(end.rfc3339) is before the first message", hint: "choose a later time")
  }
}

/// The options that make a send happen only once, even if its command is run again.
struct KeyOptions: Sendable {
  static let key = Option(
    "key", value: .sendKey, variable: variable, group: group,
    help: "Send only once for each KEY. The same command with the same key sends nothing and prints the same records.")
  static let lifetime = Option(
    "key-ttl", value: .duration(.seconds(1)...ValueKind<Duration>.longest), default: .seconds(86_400), group: group,
    help: "How long to remember the key, from its first use.")
  static let reconcile = Flag(
    "reconcile", group: group,
    help: "Ask the provider about unknown messages. Those it never received are sent. Requires --key.")
  static let settle = Option(
    "settle", value: .duration, fallback: "timeout + 1m", variable: "SMS_SETTLE", group: group,
    help: "How long a lost request may still arrive. Requires --reconcile.")

  static let all: [any OptionDeclaration] = [key, lifetime, reconcile, settle]
  /// For a list, whose messages can't be looked up in a history.
  static let ofList: [any OptionDeclaration] = [key, lifetime]

  static let variable = "SMS_SEND_KEY"
  private static let group = "Sending once"

  /// From the option; the variable is read later.
  private let typed: String?
  let lifetime: Duration
  let reconciles: Bool
  /// How long a request whose reply was lost may take to arrive; nil for the profile's setting.
  let settle: Duration?
  /// A given option that requires a key.
  private let dependent: String?

  init(_ parsed: Parsed) {
    typed = parsed[Self.key]
    lifetime = parsed[Self.lifetime]
    reconciles = parsed[Self.reconcile]
    settle = parsed[Self.settle]
    let dependents: [any OptionDeclaration] = [Self.lifetime, Self.reconcile, Self.settle]
    dependent = dependents.first(where: parsed.isGiven)?.spec.longName
  }

  /// The key of this run; nil if there is none.
  func key(_ context: Context) throws -> SendKey? {
    guard let text = typed ?? context.inputs.variable(Self.variable) else {
      guard let dependent else { return nil }
      throw UsageError.needsKey(dependent)
    }
    do {
      return SendKey(try ValueKind.sendKey.parse(text), lifetime: lifetime)
    } catch {
      throw InputError(.init(error.message(for: text), hint: error.hint), at: .argument(Self.variable))
    }
  }
}

extension ValueKind where Value == String {
  /// A key of 1 to 255 visible characters.
  fileprivate static var sendKey: Self {
    ValueKind("KEY") { (text) throws(ValueProblem) in
      guard !text.isEmpty else { throw .empty }
      guard text.isName(upTo: 255), !text.allSatisfy(\.isWhitespace) else {
        throw .other("not a valid key", hint: "use up to 255 characters, without control characters")
      }
      return text
    }
  }
}

extension UsageError {
  static func needsKey(_ option: String) -> UsageError {
    UsageError("\(option) requires --key", hint: "add --key KEY, or set \(KeyOptions.variable)")
  }
}
