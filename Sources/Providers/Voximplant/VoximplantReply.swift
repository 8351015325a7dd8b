import Messaging
import TextFormats

/// What Voximplant answers, whichever the method.
enum VoximplantReply {
  /// The whole of an answer that has no error in it.
  static func answer(of response: HTTPResponse) throws(ProviderError) -> JSONValue {
    let reply = try response.json()
    if let refusal = refusal(reply, of: response) { throw refusal }
    return reply
  }

  /// What an answer with an error says; nil for one without.
  static func refusal(_ reply: JSONValue, of response: HTTPResponse) -> ProviderError? {
    guard let error = reply["error"], error.object != nil || error.words != nil else { return nil }
    let kind: ProviderError.Kind =
      switch error["code"]?.int {
      case 100, 104: .credentials  // "authorization failed", "forbidden"
      case 5: .noCredit  // "billing failed"
      default: .refused
      }
    return response.refusal(kind, code: error["code"]?.text, message: (error["msg"] ?? error).text)
  }
}
