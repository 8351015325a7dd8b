import Messaging
import TextFormats

extension APICall where Value == [MessageRecord] {
  /// A call that sends messages, each of which must leave once.
  ///
  /// A status alone can say that nothing was done: 401, 429, or 503 with Retry-After. It doesn't where `lists`
  /// finds messages in the reply: then, as with any other status from 400 to 499, `decode` judges what is clear there,
  /// and the rest is unknown. `lists` sees the reply and the HTTP status. Nor is anything sent again where the reply
  /// names one of the `recipients` in another place.
  init(
    sending request: HTTPRequest, to recipients: [PhoneNumber] = [],
    lists: @escaping @Sendable (JSONValue, Int) -> Bool,
    decode: @escaping @Sendable (HTTPResponse) throws(ProviderError) -> [MessageRecord]
  ) {
    self.init(request: request, judgesStatus: { _ in true }) { response throws(ProviderError) in
      do throws(ProviderError) {
        return try response.records(listing: lists, decode: decode)
      } catch {
        // A list in a place of its own may be of what was taken before it came to that.
        throw error.kind.sendsAgain && response.names(recipients) ? response.unexpectedForm : error
      }
    }
  }
}

extension HTTPResponse {
  fileprivate func records(
    listing lists: (JSONValue, Int) -> Bool, decode: (HTTPResponse) throws(ProviderError) -> [MessageRecord]
  ) throws(ProviderError) -> [MessageRecord] {
    if isSuccess { return try decode(self) }
    guard isRefusal(listing: lists) else { throw error }
    do {
      return try decode(self)
    } catch {
      // Whatever the reply says of the whole request, it lists messages: sending them again might send them twice.
      throw unexpectedForm
    }
  }

  /// Whether its body has one of these numbers somewhere, as a value of its own.
  fileprivate func names(_ numbers: [PhoneNumber]) -> Bool {
    (try? json())?.names(Set(numbers)) ?? false
  }

  /// Whether its status says that nothing was done, or that the request was wrong, and its body says something of
  /// messages all the same.
  fileprivate func isRefusal(listing lists: (JSONValue, Int) -> Bool) -> Bool {
    guard 400..<500 ~= status || !error.leavesOutcomeUnknown, let reply = try? json() else { return false }
    return lists(reply, status)
  }
}

extension JSONValue {
  fileprivate func names(_ numbers: Set<PhoneNumber>) -> Bool {
    switch self {
    case .array(let elements): return elements.contains { $0.names(numbers) }
    case .object(let object): return object.members.contains { $0.value.names(numbers) }
    case .string(let text) where text.hasPrefix("{") || text.hasPrefix("["):
      return (try? JSONValue(parsing: text.utf8))?.names(numbers) ?? false
    default: return phoneNumber.map(numbers.contains) ?? false
    }
  }
}

extension ProviderError.Kind {
  /// Whether messages that it is about are sent again.
  fileprivate var sendsAgain: Bool {
    switch self {
    case .credentials, .noCredit, .busy: true
    default: false
    }
  }
}
