import Messaging

/// A sent or received message.
struct VoximplantMessage: Hashable, Sendable {
  var source: String
  var destination: String
  var text: String
  /// Whether the history may show the text.
  var isTextStored = true
  /// Whether it was sent with A2PSendSms, which has its own history.
  var isA2P = false
  /// Whether it was sent to one of the customer's numbers.
  var isReceived = false
  var takenAt: Timestamp
  /// Its final status from before the sandbox started; nil for a message whose status changes with time.
  var ending: DeliveryStatus?

  /// In tenths of a cent: half a cent for each fragment sent.
  var cost: Int { isReceived ? 0 : 5 * fragments }

  var fragments: Int { Segmentation(of: text).segments }

  /// Its status at a time.
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

/// The delivery status of an A2P message, with its number in the documents.
enum DeliveryStatus: Int, CaseIterable, Sendable {
  case queued = 1
  case dispatched, aborted, rejected, delivered, failed, expired, unknown

  /// The word in the history: `QUEUED`.
  var word: String { "\(self)".uppercased() }

  /// Whether it wasn't delivered.
  var isFailure: Bool { [.aborted, .rejected, .failed, .expired].contains(self) }
}

extension VoximplantMessage {
  /// The initial content of the histories: three received messages and one that failed, then one A2P message for
  /// each final delivery status.
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
