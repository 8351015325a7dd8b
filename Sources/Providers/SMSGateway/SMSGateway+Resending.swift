import Messaging
import TextFormats

extension SMSGateway {
  /// Only what the script itself can filter by: once it has sent, it is too late to filter.
  func objection(toResending query: MessageQuery) -> CallObjection? {
    if query.limit != nil { return .unsupported(.limit) }
    if !query.ids.isEmpty { return query.objectionBesideIDs }
    if query.to != nil { return .unsupported(.to) }
    if query.from != nil { return .unsupported(.from) }
    if query.direction != nil { return .unsupported(.direction) }
    return query.groupID == nil ? query.objectionToResendingByStatus : query.objectionToResendingGroup
  }

  func resends(of query: MessageQuery) -> [Resend] {
    guard query.ids.isEmpty else {
      var seen: Set<String> = []
      let ids = query.ids.filter { seen.insert($0).inserted }
      return ids.map { Resend(id: $0, call: resend([FormField("id", $0)], isOne: true)) }
    }
    let status = FormField.optional("status", query.status?.exactGatewayWord)
    let choice = query.groupID.map { [FormField("groupId", $0)] } ?? query.narrowingFields
    return [Resend(call: resend(choice + status, isOne: false))]
  }

  /// With `isOne`, a reply that lists no messages means that the id is unknown.
  private func resend(_ fields: [FormField], isOne: Bool) -> APICall<[MessageRecord]> {
    let zone = settings.timeZone
    return APICall(sending: request("resend.php", fields), lists: SMSGatewayReply.listsMessages) {
      response throws(ProviderError) in
      guard response.isSuccess else { throw response.unexpectedForm }
      let rows = try SMSGatewayReply.rows("messages", in: response)
      if isOne, rows.isEmpty {
        throw response.refusal(.refused, code: nil, message: SMSGatewayReply.noSuchMessage)
      }
      return rows.map { SMSGatewayMessage(row: $0, zone: zone).record() }
    }
  }
}

extension MessageQuery {
  fileprivate var objectionToResendingByStatus: CallObjection? {
    status == nil ? .needsOneOf([.ids, .group, .status]) : .resentGatewayStatus(status)
  }

  fileprivate var objectionToResendingGroup: CallObjection? {
    guard groupID?.unlessBlank != nil else { return .needsOneOf([.group]) }
    let narrowing: [(CallParameter, Bool)] = [
      (.device, device != nil), (.sim, sim != nil), (.since, since != nil), (.until, until != nil),
    ]
    return narrowing.first(where: \.1).map { .conflict(.group, $0.0) } ?? .resentGatewayStatus(status)
  }
}

extension StatusFilter {
  /// The word to ask the gateway script for; nil if there is none.
  ///
  /// Its own words are passed on as they are. `Pending` covers messages to be sent now and later.
  var gatewayWord: String? {
    switch self {
    case .provider(let word): word.unlessBlank
    case .ours(.queued), .ours(.scheduled): "Pending"
    default: exactGatewayWord
    }
  }

  /// The word for exactly this status, so that filtering can be left to the gateway.
  var exactGatewayWord: String? {
    switch self {
    case .provider(let word): word.unlessBlank
    case .ours(.sent): "Sent"
    case .ours(.delivered): "Delivered"
    case .ours(.failed): "Failed"
    case .ours(.received): "Received"
    case .ours: nil
    }
  }

  /// Whether it means incoming messages.
  var meansReceived: Bool { gatewayWord?.lowercased() == "received" }
}

extension CallObjection {
  /// Objects to a status that the gateway script has no word for.
  static func gatewayStatus(_ filter: StatusFilter?) -> CallObjection? {
    object(to: filter, available: { $0.gatewayWord != nil })
  }

  /// Objects to a status for which the gateway script has no exact word, and to incoming messages, which would be
  /// sent back to their senders.
  static func resentGatewayStatus(_ filter: StatusFilter?) -> CallObjection? {
    object(to: filter, available: { $0.exactGatewayWord != nil && !$0.meansReceived })
  }

  private static func object(to filter: StatusFilter?, available: (StatusFilter) -> Bool) -> CallObjection? {
    guard let filter, !available(filter) else { return nil }
    let words = MessageStatus.allCases.filter { available(.ours($0)) }.map(\.rawValue)
    return .statusUnavailable(filter, available: words)
  }
}
