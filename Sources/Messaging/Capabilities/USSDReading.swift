/// Knows USSD requests that were made, and their answers.
public protocol USSDReading: Provider {
  /// What is wrong with an id; nil if nothing.
  func objection(toUSSDID id: String) -> CallObjection?

  /// One request, nil where there is none of that id. Its `response` is nil until the phone has answered.
  func ussdRequest(id: String) -> APICall<USSDRecord?>

  /// All requests that match.
  func ussdRequests(_ query: USSDQuery) -> APICall<[USSDRecord]>
}

/// Which USSD requests are asked for; what is nil does not matter.
public struct USSDQuery: Hashable, Sendable {
  /// The code that was dialled.
  public var request: String?
  public var device: Int?
  /// SIM slot, counted from 0.
  public var sim: Int?
  public var since: Timestamp?
  public var until: Timestamp?

  public init() {}
}
