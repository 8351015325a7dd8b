import Messaging
import TextFormats

/// What SMS-iT answers, whichever the call.
enum SMSITReply {
  /// The whole of an answer that doesn't refuse; not every one has a status.
  static func answer(
    to call: SMSITCall, in response: HTTPResponse, advice: (Int) -> String = { _ in "" }
  ) throws(ProviderError) -> JSONValue {
    let reply = try response.json()
    guard let status = reply["status"]?.text, status.utf8.first == UInt8(ascii: "-") else { return reply }
    guard let number = Int(status), number < 0 else { throw response.unexpectedForm }
    let words = reply["msg"]?.words ?? call.meaning(of: number)
    throw response.refusal(
      call.kind(of: number), code: String(number), message: words.map { $0 + advice(number) })
  }

  /// The same, for calls of which a status that is a whole number says that they were carried out.
  static func success(
    of call: SMSITCall, in response: HTTPResponse, advice: (Int) -> String = { _ in "" }
  ) throws(ProviderError) -> (reply: JSONValue, status: Int) {
    let reply = try answer(to: call, in: response, advice: advice)
    guard let status = reply["status"]?.count else { throw response.unexpectedForm }
    return (reply, status)
  }
}
