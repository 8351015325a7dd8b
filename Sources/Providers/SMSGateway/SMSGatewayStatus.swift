import Messaging

extension StatusFilter {
  /// The word to ask the gateway script for; nil where it has none.
  ///
  /// Its own words go as they are, whichever they be. `Pending` stands for messages to be sent now and later.
  var gatewayWord: String? {
    switch self {
    case .provider(let word): word.unlessBlank
    case .ours(.queued), .ours(.scheduled): "Pending"
    default: exactGatewayWord
    }
  }

  /// The word that means this and nothing else, so that it can be left to the gateway what has this status.
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

  /// Whether it means messages that came in.
  var meansReceived: Bool { gatewayWord?.lowercased() == "received" }
}

extension CallObjection {
  /// Objects to a status for which the gateway script has no word.
  static func gatewayStatus(_ filter: StatusFilter?) -> CallObjection? {
    object(to: filter, available: { $0.gatewayWord != nil })
  }

  /// Objects to a status that the gateway script tells apart less finely than we do, and to what came in: that would be
  /// sent back to whom it came from.
  static func resentGatewayStatus(_ filter: StatusFilter?) -> CallObjection? {
    object(to: filter, available: { $0.exactGatewayWord != nil && !$0.meansReceived })
  }

  private static func object(to filter: StatusFilter?, available: (StatusFilter) -> Bool) -> CallObjection? {
    guard let filter, !available(filter) else { return nil }
    let words = MessageStatus.allCases.filter { available(.ours($0)) }.map(\.rawValue)
    return .statusUnavailable(filter, available: words)
  }
}
