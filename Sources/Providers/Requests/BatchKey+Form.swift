import Messaging

extension BatchKey {
  /// The key of messages whose requests have these fields in common, so that key and request can't disagree.
  ///
  /// They are compared as they are sent: texts that only look alike are different bytes.
  init(_ common: [FormField]) {
    self.init([String(decoding: HTTPRequest(url: "", form: common).formBody, as: UTF8.self)])
  }
}
