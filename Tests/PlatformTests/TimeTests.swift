import Testing

@testable import Platform

@Suite struct TimeTests {
  static let hasTables = Files.status("/usr/share/zoneinfo/Europe/Paris") != nil

  @Test(
    .enabled(if: hasTables, "the system has no time zone tables"),
    arguments: [
      ("Europe/Paris", 1_774_745_999, 3600), ("Europe/Paris", 1_774_746_000, 7200),  // 2026-03-29 01:00 UTC
      ("Europe/Paris", 1_792_889_999, 7200), ("Europe/Paris", 1_792_890_000, 3600),  // 2026-10-25 01:00 UTC
      ("America/New_York", 1_772_953_199, -18_000), ("America/New_York", 1_772_953_200, -14_400),  // 2026-03-08 07:00
      ("Asia/Kathmandu", 1_774_746_000, 20_700), ("Australia/Lord_Howe", 1_767_225_600, 39_600),
      ("Africa/Casablanca", 1_767_225_600, 3600), ("Etc/GMT+5", 0, -18_000), ("UTC", 0, 0),
      ("Europe/Paris", 4_118_000_000, 7200), ("Europe/Paris", 4_102_444_800, 3600),  // 2100, beyond every table
      ("Europe/Paris", .min, 561), ("Asia/Kathmandu", .max, 20_700),
    ])
  func offsetsAreThoseOfTheDatabase(zone: String, seconds: Int64, offset: Int) throws {
    let offsetAt = try #require(TimeZones.named(zone))
    #expect(offsetAt(seconds) == offset)
  }

  @Test(arguments: [
    "Mars/Olympus", "", "/etc/localtime", "../zoneinfo/UTC", "Europe/../UTC", "Europe", "Europe/", "/", "UTC0",
    "zone.tab",
    "CET-1CEST", "Europe/Paris\0", "Europe\u{2215}Paris",
  ])
  func whatIsNoZoneIsNotTakenForUTC(name: String) {
    #expect(TimeZones.named(name) == nil)
  }

  @Test(arguments: [
    ("EST5EDT,M3.2.0,M11.1.0", 1_772_953_199, -18_000), ("EST5EDT,M3.2.0,M11.1.0", 1_772_953_200, -14_400),
    ("<+0545>-5:45", 0, 20_700), ("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", 1_774_745_999, -10_800),
    ("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", 1_774_746_000, -7200),
    ("IST-1GMT0,M10.5.0,M3.5.0/1", 1_767_225_600, 0), ("IST-1GMT0,M10.5.0,M3.5.0/1", 1_782_864_000, 3600),
    ("AEST-10AEDT,M10.1.0,M4.1.0/3", 1_767_225_600, 39_600),
    ("XXX3EDT4,0/0,J365/23", 1_767_225_600 + 86_400, -14_400), ("AAA-1BBB,J60/0,300", 1_709_247_600, 7200),
    ("AAA-1BBB,J60/0,300", 1_709_247_599, 3600),
  ])
  func rulesSayWhenClocksChange(rule: String, seconds: Int64, offset: Int) throws {
    let parsed = try #require(TimeZoneRule(Array(rule.utf8)[...]))
    #expect(parsed.offset(at: seconds) == offset)
  }

  @Test(arguments: [
    "", "CET", "C-1", "<CET-1", "CET-168", "CET-1CEST", "CET-1CEST,M13.1.0,M1.1.0", "CET-1CEST,M3.5.0", "CET-1x",
    "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J1", "CET-1CEST,366,1", "CET-99999999999999999999",
  ])
  func brokenRulesAreRefused(rule: String) {
    #expect(TimeZoneRule(Array(rule.utf8)[...]) == nil)
  }

  @Test(
    "What TZ may have, as the C library reads it",
    arguments: [
      ("", true), ("UTC", true), ("GMT", true), ("EST5EDT", true), ("CET-1CEST,M3.5.0,M10.5.0/3", true),
      ("<-03>3", true),
      ("Mars/Olympus", false), ("Nix", false), ("/etc/os-release", false), ("/none", false),
    ])
  func knownToTheCLibrary(value: String, isKnown: Bool) {
    #expect(TimeZones.isKnown(value) == isKnown)
  }

  @Test(.enabled(if: hasTables, "the system has no time zone tables"))
  func aTableCutAnywhereIsNoTable() throws {
    let file = try Files.read("/usr/share/zoneinfo/Europe/Paris", limit: 100_000)
    #expect(TimeZoneTable(file) != nil)
    for length in file.indices { #expect(TimeZoneTable(Array(file[..<length])) == nil) }
  }

  @Test func deadlinesDoNotOverflow() {
    #expect((MonotonicInstant.now + .seconds(Int64.max)).nanoseconds == .max)
    #expect((MonotonicInstant(nanoseconds: 5) + .seconds(-1)).nanoseconds == 5)
  }

  @Test(arguments: [
    (Duration.milliseconds(-1), 0), (.zero, 0), (.nanoseconds(1), 1), (.milliseconds(1), 1),
    (.seconds(Int64.max), 2_147_483_647),
  ])
  func millisecondsAreRoundedUpAndClamped(duration: Duration, milliseconds: Int) {
    #expect(Int(duration.wholeMilliseconds) == milliseconds)
  }

  @Test func clocksGoForward() {
    let start = MonotonicInstant.now
    SystemClock.sleep(for: .milliseconds(2))
    #expect(start.elapsed >= .milliseconds(2))
    #expect(SystemClock.now().unixSeconds > 1_700_000_000)
  }
}
