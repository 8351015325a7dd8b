/// Counts what became of the messages of a group send.
public protocol GroupReporting: Provider {
  func report(ofGroup id: String) -> APICall<GroupReport>
}
