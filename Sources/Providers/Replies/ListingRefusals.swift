import Messaging
import TextFormats

extension APICall where Value == [MessageRecord] {
  /// A call that sends messages, each of which must be sent only once.
  ///
  /// Some statuses mean by themselves that nothing was done: 401, 429, and 503 with Retry-After. But if `lists`,
  /// given the reply and its HTTP status, finds messages in the reply, `decode` judges what is clear, as with any
  /// other status from 400 to 499, and the rest is unknown. Nor is anything sent again if the reply contains one of
  /// the `recipients` in another place.
  init(
    sending request: HTTPRequest, to recipients: [PhoneNumber] = [],
    lists: @escaping @Sendable (JSONValue, Int) -> Bool,
    decode: @escaping @Sendable (HTTPResponse) throws(ProviderError) -> [MessageRecord]
  ) {
    self.init(request: request, judgesStatus: { _ in true }) { response throws(ProviderError) in
      do throws(ProviderError) {
        return try response.records(listing: lists, decode: decode)
      } catch {
        // A list in another place may be of messages accepted before the refusal.
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
      // Whatever the reply says about the request as a whole, it lists messages, so sending again might send them
      // twice.
      throw unexpectedForm
    }
  }

  /// Whether one of these numbers is a value somewhere in its body.
  fileprivate func names(_ numbers: [PhoneNumber]) -> Bool {
    (try? json())?.names(Set(numbers)) ?? false
  }

  /// Whether its status says that nothing was done, or that the request was invalid, but its body lists messages.
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
  /// Whether the messages concerned are sent again.
  fileprivate var sendsAgain: Bool {
    switch self {
    case .credentials, .noCredit, .busy: true
    default: false
    }
  }
}
