import Application
import Configuration
import Delivery
import Messaging
import TextFormats

/// What a command that sends works with: the profile's settings, and what its messages have in common.
struct SendingContext {
  let context: Context
  let settings: Settings
  let template: MessageTemplate
  private let options: SendOptionSet

  /// Fails where the options ask for something that the provider can't do. Where the messages are perhaps sent already,
  /// their time may be past: then `requireFuture` is for what is not.
  init(_ context: Context, _ settings: Settings, _ options: SendOptionSet, isPerhapsSent: Bool = false) throws {
    self.context = context
    self.settings = settings
    self.options = options
    for (feature, option) in options.requestedFeatures { try settings.require(feature, called: option, context) }
    template = try options.template(
      settings, now: context.environment.now(), localZone: { try context.localZone() }, isPerhapsSent: isPerhapsSent)
  }

  /// Refuses a time that is past.
  func requireFuture() throws {
    try options.requireFuture(now: context.environment.now(), localZone: { try context.localZone() })
  }

  /// Fails where the provider would not take one of the messages.
  func check(_ messages: [OutgoingMessage]) throws {
    let provider = try settings.makeProvider(context.inputs)
    for message in messages {
      guard let objection = provider.objection(to: message) else { continue }
      throw InputError(
        .objection(objection, provider: settings.descriptor.title), at: .argument(objection.argument))
    }
  }

  /// The record of a message that has not left.
  func planned(_ message: OutgoingMessage) -> MessageRecord {
    settings.completed(MessageRecord(message))
  }
}

extension Settings {
  /// How to send.
  var dispatchOptions: DispatchOptions {
    var options = DispatchOptions()
    options.concurrency = self[CommonSettings.concurrency]
    options.rate = rate.flatMap { SendRate(count: $0.count, per: $0.per) }
    options.profile = profile?.name
    return options
  }
}

extension Settings {
  /// Fails where the provider can't do what was asked for by this name.
  func require(_ feature: SendFeature, called name: String, _ context: Context) throws {
    guard !descriptor.features.contains(feature) else { return }
    throw Failure.unsupported(name, self, context) { $0.descriptor.features.contains(feature) }
  }
}
