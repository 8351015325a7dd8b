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
      ("2026-03-01 09:00:01", 1_772_355_601), ("2026-03-01T09:00", 1_772_355_600),
      ("2026-03-01T09:00:01", 1_772_355_601), ("2026-03-01T10:00+0100", 1_772_355_600),
      ("2026-03-01T10:00:00+0100", 1_772_355_600), ("2026-03-01T09:00Z", 1_772_355_600),
      ("2026-03-01T10:00+01:00", 1_772_355_600), ("09:30", 1_772_357_400), ("9:30", 1_772_357_400),
      ("09:00", 1_772_442_000), ("08:59", 1_772_441_940), ("today 17:00", 1_772_384_400),
      ("today 08:00", 1_772_352_000), ("tomorrow 9:00", 1_772_442_000), ("Sun 09:01", 1_772_355_660),
      ("sun 09:00", 1_772_960_400), ("mon 08:00", 1_772_438_400), ("sat 08:00", 1_772_870_400),
    ])
  func reads(text: String, seconds: Int64) throws {
    let time = try #require(TimeExpression(text))
    #expect(time.moments(now: Self.now, zone: .utc).map(\.unixSeconds) == [seconds])
  }

  @Test(
    "Anything else is no moment",
    arguments: [
      "", "2h", "+2", "+2h30m", "+ 2h", "@", "@-1", "@1e9", "@999999999999", "now ", "25:00",
      "24:00", "9:3", "tomorrow", "someday 09:00", "2026-03-01T9:00", "2026-03-01T09:00+1", "2026-02-30T09:00",
      "01.03.2026", "9", "+999999999999999999999d",
    ])
  func refuses(text: String) {
    #expect(TimeExpression(text) == nil)
  }

  @Test("Local dates and times are those of the zone")
  func localZone() throws {
    let zone = TimeZoneRules(name: "Test/East") { _ in 7200 }
    let time = try #require(TimeExpression("2026-03-01 11:00"))
    #expect(time.moments(now: Self.now, zone: zone) == [Self.now])
  }
}
