import Messaging
import Testing

@testable import Sandbox

@Suite struct LifecycleTests {
  static let stages: [(scheduled: Int64?, number: String, after: Int64, stage: Lifecycle.Stage)] = [
    (nil, "15550100001", 0, .pending), (nil, "15550100001", 1, .sent), (nil, "15550100001", 2, .delivered),
    (nil, "15550109999", 0, .pending), (nil, "15550109999", 1, .failed), (nil, "15550109999", 99, .failed),
    (60, "15550100001", 59, .scheduled), (60, "15550100001", 60, .pending), (60, "15550100001", 62, .delivered),
    (-60, "15550100001", 0, .pending),
  ]

  @Test("A message gets on by time alone", arguments: stages)
  func stage(scheduled: Int64?, number: String, after: Int64, stage: Lifecycle.Stage) {
    let lifecycle = Lifecycle(
      to: number, acceptedAt: noon, scheduledAt: scheduled.map { noon.adding(seconds: $0) })
    #expect(lifecycle.stage(at: noon.adding(seconds: after)) == stage)
  }
}
