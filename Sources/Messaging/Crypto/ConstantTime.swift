/// Comparing what must stay secret.
public enum ConstantTime {
  /// Whether both are the same bytes, in a time that says nothing about where they differ (only that lengths do).
  public static func areEqual(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
