/// How a sandbox behaves.
public struct SandboxOptions: Sendable {
  /// TCP port; 0 takes any that is free.
  public var port: UInt16
  /// How long every reply is held back.
  public var latency: Duration
  /// What goes wrong; of several that strike at once the first counts.
  public var faults: [Fault]
  /// Decides which requests faults strike, and all ids that look random.
  public var seed: UInt64
  /// File that gets a line of JSON for each accepted message, at its end.
  public var log: String?

  public init(
    port: UInt16 = 0, latency: Duration = .zero, faults: [Fault] = [], seed: UInt64 = 0, log: String? = nil
  ) {
    self.port = port
    self.latency = latency
    self.faults = faults
    self.seed = seed
    self.log = log
  }
}
