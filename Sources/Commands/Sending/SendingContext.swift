import Application
import Configuration
import Delivery
import Messaging
import TextFormats

/// What a command needs for sending: the profile's settings, and what all its messages have in common.
struct SendingContext {
  let context: Context
  let settings: Settings
  let template: MessageTemplate
  private let options: SendOptionSet

  /// Throws if the provider doesn't support an option. With `isPerhapsSent`, the time may be in the past: call
  /// `requireFuture` before sending.
  init(_ context: Context, _ settings: Settings, _ options: SendOptionSet, isPerhapsSent: Bool = false) throws {
    self.context = context
    self.settings = settings
    self.options = options
    for (feature, option) in options.requestedFeatures { try settings.require(feature, called: option, context) }
    template = try options.template(
      settings, now: context.environment.now(), localZone: { try context.localZone() }, isPerhapsSent: isPerhapsSent)
  }

  /// Throws if the time for all messages is in the past.
  func requireFuture() throws {
    try options.requireFuture(now: context.environment.now(), localZone: { try context.localZone() })
  }

  /// Throws if the provider wouldn't accept one of the messages.
  func check(_ messages: [OutgoingMessage]) throws {
    let provider = try settings.makeProvider(context.inputs)
    for message in messages {
      guard let objection = provider.objection(to: message) else { continue }
      throw InputError(
        .objection(objection, provider: settings.descriptor.title), at: .argument(objection.argument))
    }
  }

  /// The record of a message that hasn't been sent.
  func planned(_ message: OutgoingMessage) -> MessageRecord {
    settings.completed(MessageRecord(message))
  }
}

extension Settings {
  /// The options for sending, from the settings.
  var dispatchOptions: DispatchOptions {
    var options = DispatchOptions()
    options.concurrency = self[CommonSettings.concurrency]
    options.rate = rate.flatMap { SendRate(count: $0.count, per: $0.per) }
    options.profile = profile?.name
    return options
  }
}

extension Settings {
  /// Throws if the provider doesn't support a feature; `name` is what the user asked for.
  func require(_ feature: SendFeature, called name: String, _ context: Context) throws {
    guard !descriptor.features.contains(feature) else { return }
    throw Failure.unsupported(name, self, context) { $0.descriptor.features.contains(feature) }
  }
}
