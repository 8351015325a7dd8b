import Messaging

/// A message that was sent or received.
struct VoximplantMessage: Hashable, Sendable {
  var source: String
  var destination: String
  var text: String
  /// Whether the history may show the text.
  var isTextStored = true
  /// Whether it came through A2PSendSms, which has its own history.
  var isA2P = false
  /// Whether someone sent it to one of the customer's numbers.
  var isReceived = false
  var takenAt: Timestamp
  /// How it ended before the sandbox started; nil for a message that makes progress with time.
  var ending: DeliveryStatus?

  /// In tenths of a cent: half a cent for each fragment sent.
  var cost: Int { isReceived ? 0 : 5 * fragments }

  var fragments: Int { Segmentation(of: text).segments }

  /// How far it has come.
  func deliveryStatus(at now: Timestamp) -> DeliveryStatus {
    if let ending { return ending }
    return switch Lifecycle(to: destination, acceptedAt: takenAt).stage(at: now) {
    case .scheduled, .pending: .queued
    case .sent: .dispatched
    case .delivered: .delivered
    case .failed: .failed
    }
  }
}

/// How far an A2P message has come, with its number in the documents.
enum DeliveryStatus: Int, CaseIterable, Sendable {
  case queued = 1
  case dispatched, aborted, rejected, delivered, failed, expired, unknown

  /// As the history writes it: `QUEUED`.
  var word: String { "\(self)".uppercased() }

  /// Whether it didn't arrive.
  var isFailure: Bool { [.aborted, .rejected, .failed, .expired].contains(self) }
}

extension VoximplantMessage {
  /// What the histories hold when the sandbox starts: three received messages and one that failed, then one A2P message
  /// for each final delivery status.
  static func earlier(than start: Timestamp) -> [VoximplantMessage] {
    let own = SampleData.voximplantSender
    let friends = SampleData.friends
    let received = ["Hi", "STOP", "See you at 8 😀"].enumerated().map { index, text in
      VoximplantMessage(
        source: friends[index], destination: own, text: text, isReceived: true,
        takenAt: start.adding(seconds: Int64(3600 * (index - 24))), ending: .delivered)
    }
    let failed = VoximplantMessage(
      source: own, destination: "15550109999", text: "Hello", takenAt: start.adding(seconds: -7200), ending: .failed)
    let endings = DeliveryStatus.allCases.filter { ![.queued, .dispatched].contains($0) }
    let campaign = endings.enumerated().map { index, status in
      VoximplantMessage(
        source: own, destination: friends[index % friends.count], text: "Hello", isTextStored: false, isA2P: true,
        takenAt: start.adding(seconds: Int64(60 * (index - 60))), ending: status)
    }
    return received + [failed] + campaign
  }
}
