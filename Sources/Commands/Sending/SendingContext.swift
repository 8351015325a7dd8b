import Application
import Configuration
import Delivery
import Messaging

/// What a command that sends works with: the profile's settings, and what its messages have in common.
struct SendingContext {
  let context: Context
  let settings: Settings
  let template: MessageTemplate

  /// Fails where the options ask for something that the provider can't do.
  init(_ context: Context, _ settings: Settings, _ options: SendOptionSet) throws(CommandError) {
    self.context = context
    self.settings = settings
    for (feature, option) in options.requestedFeatures where !settings.descriptor.features.contains(feature) {
      throw .unsupported(Unsupported(feature, option: option, settings: settings, context))
    }
    let zone = context.environment.timeZone(nil) ?? .utc
    let now = context.environment.now()
    template = try CommandError.wrap { () throws(InputError) in
      try options.template(settings, now: now, localZone: zone)
    }
  }

  /// An adapter to look messages over with; it can't send.
  func checkingProvider() throws(CommandError) -> any Provider {
    try CommandError.wrap { () throws(ConfigurationError) in
      try settings.makeProvider(context.inputs)
    }
  }

  /// The provider, ready to send.
  func session(for capability: Capability) throws(CommandError) -> ProviderSession {
    try ProviderSession(context, settings, for: capability)
  }
}

extension Unsupported {
  /// A feature of sending that the profile's provider lacks.
  init(_ feature: SendFeature, option: String, settings: Settings, _ context: Context) {
    self.init(what: option, provider: settings.descriptor.title, context) { $0.descriptor.features.contains(feature) }
  }
}

extension SendingContext {
  /// The record of a message that has not left.
  func planned(_ message: OutgoingMessage) -> MessageRecord {
    completed(MessageRecord(message))
  }

  /// A record with what is the same for all messages of this run.
  func completed(_ record: consuming MessageRecord) -> MessageRecord { settings.completed(record) }

}

extension Settings {
  /// How to send.
  var dispatchOptions: DispatchOptions {
    var options = DispatchOptions()
    options.concurrency = concurrency
    options.rate = rate.flatMap { SendRate(count: $0.count, per: $0.per) }
    options.profile = profile?.name
    return options
  }
}
