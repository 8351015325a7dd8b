import Messaging
import TextFormats

/// What the gateway script answers.
enum SMSGatewayReply {
  /// The `data` of an answer; failures come with HTTP 200 too, the truth is in `success`.
  static func data(of response: HTTPResponse) throws(ProviderError) -> JSONValue {
    let reply = try response.json()
    switch reply["success"] {
    case true: return reply["data"] ?? .null
    case false: throw refusal(reply["error"] ?? .null, of: response)
    default: throw response.unexpectedForm
    }
  }

  /// The objects of a list in the `data` of an answer.
  static func rows(_ name: String, in response: HTTPResponse) throws(ProviderError) -> [JSONValue] {
    guard let rows = try data(of: response)[name]?.objects else { throw response.unexpectedForm }
    return rows
  }

  /// One object in the `data` of an answer.
  static func object(_ name: String, in response: HTTPResponse) throws(ProviderError) -> JSONValue {
    guard let object = try data(of: response)[name], object.object != nil else { throw response.unexpectedForm }
    return object
  }

  /// `error` is an object with code and message, or a plain string.
  private static func refusal(_ error: JSONValue, of response: HTTPResponse) -> ProviderError {
    let code = error["code"]?.text
    let message = (error["message"] ?? error).text
    return response.refusal(kind(code: code, message: message ?? ""), code: code, message: message)
  }

  /// The script has a code for a wrong key only; an empty account it tells in words that no document gives.
  private static func kind(code: String?, message: String) -> ProviderError.Kind {
    let words = message.lowercased()
    if code == "401" || words == "invalid api key" { return .credentials }
    return words.contains("credit") ? .noCredit : .refused
  }
}
