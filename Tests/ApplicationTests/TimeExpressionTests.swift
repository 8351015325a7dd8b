import Messaging
import Testing

import Application

@Suite struct TimeExpressionTests {
  private static let now = Timestamp(unixSeconds: 1_772_355_600)

  @Test(
    "A moment is read in every documented form",
    arguments: [
      ("now", 1_772_355_600), ("+2h", 1_772_362_800), ("-1d", 1_772_269_200), ("+500ms", 1_772_355_600),
      ("@0", 0), ("@1772355600", 1_772_355_600), ("2026-03-01T09:00:00Z", 1_772_355_600),
      ("2026-03-01T10:00:00+01:00", 1_772_355_600), ("2026-03-01", 1_772_323_200), ("2026-03-01 09:00", 1_772_355_600),
      ("2026-03-01 09:00:01", 1_772_355_601),
    ])
  func reads(text: String, seconds: Int64) throws {
    let time = try #require(TimeExpression(text))
    #expect(try time.moment(now: Self.now, zone: .utc).unixSeconds == seconds)
  }

  @Test(
    "Anything else is no moment",
    arguments: [
      "", "tomorrow", "2h", "+2", "+2h30m", "+ 2h", "@", "@-1", "@1e9", "@999999999999", "2026-03-01T09:00", "now ",
      "01.03.2026", "9:30", "+999999999999999999999d",
    ])
  func refuses(text: String) {
    #expect(TimeExpression(text) == nil)
  }

  @Test("Local dates and times are those of the zone")
  func localZone() throws {
    let zone = TimeZoneRules(name: "Test/East") { _ in 7200 }
    let time = try #require(TimeExpression("2026-03-01 11:00"))
    #expect(try time.moment(now: Self.now, zone: zone) == Self.now)
  }
}
