import Messaging

extension BatchKey {
  /// The key of messages whose requests have these fields in common, so that key and request can't disagree.
  init(_ common: [FormField]) {
    self.init(common.map { "\($0.name)=\($0.value)" })
  }
}
