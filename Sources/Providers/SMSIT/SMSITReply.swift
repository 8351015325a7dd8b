import Messaging
import TextFormats

/// What SMS-iT answers.
enum SMSITReply {
  /// The record of a message sent by `smscontact`, which returns no id.
  static func record(of message: OutgoingMessage, in response: HTTPResponse) throws(ProviderError) -> MessageRecord {
    let reply = try response.json()
    guard let status = reply["status"]?.int else { throw response.unexpectedForm }
    guard status >= 0 else { throw refusal(status, reply, to: message, of: response) }
    var record = MessageRecord(message, status: MessageStatus(reported: nil, for: message))
    record.raw = reply
    return record
  }

  private static func refusal(
    _ status: Int, _ reply: JSONValue, to message: OutgoingMessage, of response: HTTPResponse
  ) -> ProviderError {
    let meaning = SMSContactRefusal(rawValue: status)
    let words = reply["msg"]?.words ?? meaning?.text
    let advice = meaning == .notAContact ? notAContactAdvice(message.to) : ""
    return response.refusal(meaning?.kind ?? .refused, code: String(status), message: words.map { $0 + advice })
  }

  private static func notAContactAdvice(_ number: PhoneNumber) -> String {
    " It has to be a subscribed contact first: sms contacts add \(number.e164) --list GROUP"
  }
}
