import Messaging
import Testing

@Suite struct TimeTests {
  @Test(
    "RFC 3339 is read to the second",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2026-03-01T09:30:00+01:00", 1_772_353_800), ("2000-02-29T23:59:59z", 951_868_799),
      ("2026-03-01t09:30:00.999-00:30", 1_772_359_200), ("1969-12-31T23:59:59Z", -1),
    ])
  func reads(text: String, seconds: Int64) throws {
    #expect(try #require(Timestamp(rfc3339: text)).unixSeconds == seconds)
  }

  @Test(
    "What is not RFC 3339, or no day, is refused",
    arguments: [
      "", "2026-03-01", "2026-03-01T09:30:00", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-03-01T24:00:00Z",
      "2026-03-01T09:30Z", "2026-03-01T09:30:00.Z", "2026-03-01T09:30:00+1:00", "2026-03-01T09:30:00Zz",
      "26-03-01T09:30:00Z", "2026-03-01T09:30:00+24:00", "2100-02-29T00:00:00Z",
    ])
  func refuses(text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test(
    "Dates of HTTP name the day of the week",
    arguments: [
      (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
      (-1, "Wed, 31 Dec 1969 23:59:59 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
    ])
  func httpDate(seconds: Int64, text: String) {
    #expect(Timestamp(unixSeconds: seconds).httpDate == text)
  }

  @Test(
    "What is written is read back", arguments: [0, 951_868_799, 1_772_353_800, -86_401, 4_102_444_800, 253_402_300_799])
  func roundTrip(seconds: Int64) {
    let moment = Timestamp(unixSeconds: seconds)
    #expect(Timestamp(rfc3339: moment.rfc3339) == moment)
  }

  /// Clocks go from UTC+1 to UTC+2 at 1,000,000 and back at 2,000,000.
  private let zone = TimeZoneRules(name: "Test/Summer") { moment in
    (1_000_000..<2_000_000).contains(moment.unixSeconds) ? 7200 : 3600
  }

  @Test("A local time is one moment", arguments: [(1_003_599, 999_999), (1_007_200, 1_000_000), (0, -3600)])
  func localTime(local: Int64, moment: Int64) {
    let civil = CivilTime(Timestamp(unixSeconds: local))
    #expect(zone.moment(of: civil)?.unixSeconds == moment)
  }

  @Test("A local time that the clocks skip or show twice is refused")
  func ambiguous() {
    for (local, count) in [(1_004_000, 0), (2_004_000, 2)] as [(Int64, Int)] {
      let civil = CivilTime(Timestamp(unixSeconds: local))
      #expect(zone.moments(of: civil).count == count && zone.moment(of: civil) == nil)
    }
  }

  @Test(
    "Local dates and times have fixed forms",
    arguments: [
      ("2026-03-01", "2026-03-01 00:00:00"), ("2026-03-01 09:30", "2026-03-01 09:30:00"),
      ("2026-03-01 09:30:15", "2026-03-01 09:30:15"),
    ])
  func civil(text: String, expected: String) throws {
    #expect(try #require(CivilTime(text)).text() == expected)
  }

  @Test(
    "Other forms of local time are refused",
    arguments: [
      "2026-3-1", "2026-03-01T09:30", "2026-03-01 9:30", "2026-02-30", "2026-03-01 ", "01-03-2026", "2026-03-01 09:60",
    ])
  func notCivil(text: String) {
    #expect(CivilTime(text) == nil)
  }
}
