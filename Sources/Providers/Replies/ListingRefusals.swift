import Messaging
import TextFormats

extension APICall where Value == [MessageRecord] {
  /// A call that sends messages, each of which must leave once.
  ///
  /// A status alone can say that nothing was done: 401, 429, or 503 with Retry-After. It doesn't where `lists` finds
  /// messages in the reply: then, as with any other status from 400 to 499, `decode` judges what is clear there, and the
  /// rest is unknown. `lists` sees the reply and the HTTP status.
  init(
    sending request: HTTPRequest, lists: @escaping @Sendable (JSONValue, Int) -> Bool,
    decode: @escaping @Sendable (HTTPResponse) throws(ProviderError) -> [MessageRecord]
  ) {
    self.init(request: request, judgesStatus: { _ in true }) { response throws(ProviderError) in
      if response.isSuccess { return try decode(response) }
      guard response.isRefusal(listing: lists) else { throw response.error }
      do {
        return try decode(response)
      } catch {
        // Whatever the reply says of the whole request, it lists messages: sending them again might send them twice.
        throw response.unexpectedForm
      }
    }
  }
}

extension HTTPResponse {
  /// Whether its status says that nothing was done, or that the request was wrong, and its body says something of
  /// messages all the same.
  fileprivate func isRefusal(listing lists: (JSONValue, Int) -> Bool) -> Bool {
    guard 400..<500 ~= status || !error.leavesOutcomeUnknown, let reply = try? json() else { return false }
    return lists(reply, status)
  }
}
