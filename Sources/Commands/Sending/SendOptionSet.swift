import Application
import CommandLineKit
import Messaging

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
