/// Answers of the SMS gateway script about messages.
extension ScriptedNetwork.Answer {
  /// Messages by id and status word, all of the group `g1`.
  static func messages(_ rows: [(id: Int, status: String)]) -> Self {
    let objects = rows.map { row in
      #"{"ID":\#(row.id),"number":"+1555010000\#(row.id)","message":"hi","status":"\#(row.status)","groupID":"g1"}"#
    }
    return .json(#"{"success":true,"data":{"messages":[\#(objects.joined(separator: ","))]},"error":null}"#)
  }

  static func message(_ id: Int, _ status: String) -> Self { messages([(id, status)]) }

  static let noMessage = ScriptedNetwork.Answer.json(
    #"{"success":false,"data":null,"error":{"code":404,"message":"no such message"}}"#)
  static let wrongKey = ScriptedNetwork.Answer.json(
    #"{"success":false,"data":null,"error":{"code":401,"message":"Invalid API key"}}"#)
}
