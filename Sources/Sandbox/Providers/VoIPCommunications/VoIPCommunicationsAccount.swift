import Messaging
import TextFormats

/// The data of a customer of voip-communications.net.
struct VoIPCommunicationsAccount: Sendable {
  private var random: SplitMix64

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
  }

  /// For example, `2017559ea27008c6b7122900621`: a year and hexadecimal digits.
  fileprivate mutating func newID(at now: Timestamp) -> String {
    "\(CivilTime(now).year)" + random.text(of: "0123456789abcdef", count: 23)
  }
}

extension VoIPCommunicationsAccount: ProviderAccount {
  func isLoggedIn(_ request: SandboxRequest) -> Bool {
    guard let parts = request.authorization?.split(separator: " "), parts.count == 2 else { return false }
    let login = "\(SampleData.voipcommKey):\(SampleData.voipcommPassword)"
    return parts[0].lowercased() == "basic" && String(parts[1]) == Base64.encoded(login.utf8)
  }

  /// Accepts POST with HTTP Basic, and replies with 200 or 401 (documents). Other calls have no public documents.
  mutating func answer(_ request: SandboxRequest, at now: Timestamp) -> SandboxReply {
    guard request.path == "/sms/send" else { return Self.reply(to: .init(404, "Unknown method"), status: 404) }
    guard request.method == .post else { return .methodNotAllowed("POST") }
    guard isLoggedIn(request) else {
      let challenge = HeaderField("WWW-Authenticate", "Basic realm=\"sandbox\"")
      return Self.reply(to: .init(401, "Invalid api credentials"), status: 401, headers: [challenge])
    }
    do throws(Refusal) {
      return try send(request.body, at: now)
    } catch {
      return Self.reply(to: error)
    }
  }

  /// `error` and `error_message` were seen; codes and words are the sandbox's.
  private static func reply(to refusal: Refusal, status: Int = 200, headers: [HeaderField] = []) -> SandboxReply {
    .json(
      ["error": .string(refusal.code), "error_message": .string(refusal.message)], status: status, headers: headers
    ).refusing(refusal.code, refusal.message)
  }
}

extension VoIPCommunicationsAccount {
  /// `sms/send`: one text to one or more numbers; each has its own row in the reply.
  private mutating func send(_ fields: FormFields, at now: Timestamp) throws(Refusal) -> SandboxReply {
    guard let to = fields["to"] else { throw .init("MISSING_TO", "The parameter to is required") }
    guard let text = fields["msg"] else { throw .init("MISSING_MSG", "The parameter msg is required") }
    let from = fields["from"]
    guard from == nil || from == SampleData.voipcommSender else {
      throw .init("INVALID_FROM", "The from number does not belong to you or is not SMS enabled")
    }
    let schedule = try fields.deliveryDate()
    let messages = to.split(separator: ",", omittingEmptySubsequences: false).map { number in
      VoIPMessage(
        id: newID(at: now), from: from, to: number.trimmingBlanks, text: text, takenAt: now, scheduledAt: schedule)
    }
    var reply = SandboxReply.json(
      ["send_log": .array(messages.map(\.row))],
      accepted: messages.filter { $0.fault == nil }.map(\.accepted))
    reply.refusals = messages.compactMap(\.fault).map { "\($0.code)  \($0.description)" }
    return reply
  }
}

/// A text to one number.
private struct VoIPMessage {
  var id: String
  /// Nil for bulk messages, which are sent from one of the provider's own numbers.
  var from: String?
  var to: String
  var text: String
  var takenAt: Timestamp
  var scheduledAt: Timestamp?

  /// Why this number was refused, if it was. The documents write numbers without `+`.
  var fault: (code: Int, description: String)? {
    if !to.isInternationalDigits { return (400, "Invalid destination number") }
    if to.isUnreachable { return (500, "The carrier rejected the message") }
    return nil
  }

  /// The number's row in `send_log` (documents). A row whose code isn't 200 failed (a guess, like these codes).
  var row: JSONValue {
    let startsAt = Lifecycle(to: to, acceptedAt: takenAt, scheduledAt: scheduledAt).startsAt
    let status = fault != nil ? "FAILED" : startsAt > takenAt ? "SCHEDULED" : "SENT"
    return [
      "code": .int(fault?.code ?? 200), "code_desc": .string(fault?.description ?? ""),
      "from": .string(from ?? "15550100100"), "to": .string(to), "country": to.hasPrefix("1") ? "US" : "",
      "msg": .string(text), "delivery_date": .string(CivilTime(startsAt).text()), "sale": fault == nil ? price : 0,
      "type": from == nil ? "BULKSMS" : "2WAYSMS", "status": .string(status),
      "smsid": .string(fault == nil ? id : ""),
    ]
  }

  /// One cent per segment.
  private var price: JSONValue {
    let cents = Segmentation(of: text).segments
    return .number("\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)")
  }

  var accepted: AcceptedMessage {
    AcceptedMessage(
      provider: "voipcomm", at: takenAt, id: id, from: from, to: "+\(to)", body: text, scheduledAt: scheduledAt)
  }
}

extension FormFields {
  /// The time in `delivery_date`, in UTC: with or without seconds, or without a time, or with a `T` before it.
  fileprivate func deliveryDate() throws(VoIPCommunicationsAccount.Refusal) -> Timestamp? {
    guard let text = self["delivery_date"] else { return nil }
    guard let time = CivilTime(String(text.map { $0 == "T" ? " " : $0 })) else {
      throw .init("INVALID_DELIVERY_DATE", "The delivery_date is not valid")
    }
    return Timestamp(unixSeconds: time.secondsSinceEpoch)
  }
}
