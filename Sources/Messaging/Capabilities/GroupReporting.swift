/// Counts what became of the messages of a group send.
public protocol GroupReporting: Provider {
  /// The counts for the group of that ID, which its send returned.
  func report(ofGroup id: String) -> APICall<GroupReport>
}
