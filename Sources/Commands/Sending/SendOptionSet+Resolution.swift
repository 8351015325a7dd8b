import Application
import Configuration
import Delivery
import Ledger
import Messaging
import TextFormats

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
