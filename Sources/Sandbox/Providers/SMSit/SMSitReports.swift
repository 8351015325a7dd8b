import Messaging
import TextFormats

extension SMSitState {
  /// `getbulksmsdeliveryreport`: how many messages of a group SMS have arrived and how many have failed so far.
  func groupReport(_ fields: FormFields, at now: Timestamp) throws(SMSitRefusal) -> SandboxReply {
    guard let text = fields["groupsmsid"] else { throw .groupIDMissing }
    let id = wholeNumber(text)
    let stages = messages.filter { id != nil && $0.groupID == id }.map { $0.lifecycle.stage(at: now) }
    guard !stages.isEmpty else { throw .unknownGroupID }
    return .json([
      "successful": .string(String(stages.count { $0 == .delivered })),
      "failed": .string(String(stages.count { $0 == .failed })),
    ])
  }

  /// `getcontactsmsdeliveryreport`: the status of the latest message to a number that has left already.
  func contactReport(_ fields: FormFields, at now: Timestamp) throws(SMSitRefusal) -> SandboxReply {
    guard let number = fields["number"] else { throw .reportedNumberMissing }
    let lifecycles = messages.lazy.filter { $0.to == number }.map(\.lifecycle).filter { $0.startsAt <= now }
    guard let latest = lifecycles.max(by: { $0.startsAt < $1.startsAt }) else { throw .nothingSent }
    let stage = latest.stage(at: now)
    return .json([
      "smsstatus": .string(stage.word), "errormsg": stage == .failed ? "The carrier could not deliver it." : "",
    ])
  }

  /// `getcreditbalance`: SMS or voice credits.
  func creditBalance(_ fields: FormFields) throws(SMSitRefusal) -> SandboxReply {
    switch fields["type"] {
    case "1": return Self.balance(account.credits)
    case "2": return Self.balance(account.voiceCredits)
    default: throw .invalidCreditType
    }
  }

  private static func balance(_ credits: Int) -> SandboxReply {
    .json(["creditbalancenumber": .string(String(credits)), "msg": "Credit balance."])
  }
}

extension Lifecycle.Stage {
  /// What a contact's report calls it.
  fileprivate var word: String {
    switch self {
    case .scheduled, .pending: "queued"
    case .sent: "sent"
    case .delivered: "delivered"
    case .failed: "undelivered"
    }
  }
}

extension SMSitRefusal {
  fileprivate static let groupIDMissing = SMSitRefusal(
    status: -2, message: "The group SMS ID is missing. You must pass this in to get delivery stats for this group.")
  fileprivate static let unknownGroupID = SMSitRefusal(
    status: -3, message: "The group SMS ID is invalid or does not exist.")
  fileprivate static let reportedNumberMissing = SMSitRefusal(status: -2, message: "Number passed in is blank.")
  fileprivate static let nothingSent = SMSitRefusal(
    status: -3, message: "Number passed in is invalid or can't be found for outbound SMS sent to this number.")
  fileprivate static let invalidCreditType = SMSitRefusal(
    status: -2,
    message: "Invalid type passed in. Should only be either a 1 or 2 depending on what credit balance you want to "
      + "retrieve. 1 for SMS and 2 for Voice.")
}
