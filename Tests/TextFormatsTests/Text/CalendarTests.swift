import Testing
import TextFormats

@Suite struct CalendarTests {
  typealias Date = GregorianCalendar.Date

  @Test(arguments: [
    (Date(year: 1970, month: 1, day: 1), 0, 4), (Date(year: 2000, month: 2, day: 29), 11_016, 2),
    (Date(year: 2100, month: 3, day: 1), 47_541, 1), (Date(year: 1969, month: 12, day: 31), -1, 3),
    (Date(year: 1, month: 1, day: 1), -719_162, 1), (Date(year: 9999, month: 12, day: 31), 2_932_896, 5),
  ])
  func aDateAndTheDaysToItBelongTogether(date: Date, days: Int, weekday: Int) {
    #expect(GregorianCalendar.days(to: date) == days)
    #expect(GregorianCalendar.date(after: days) == date)
    #expect(GregorianCalendar.weekday(after: days) == weekday)
  }

  @Test func everyDayOfFourCenturiesFollowsTheOneBefore() {
    var days = GregorianCalendar.days(to: Date(year: 1800, month: 1, day: 1))
    for year in 1800..<2201 {
      for month in 1...12 {
        for day in 1...GregorianCalendar.days(inMonth: month, of: year) {
          guard GregorianCalendar.date(after: days) == Date(year: year, month: month, day: day) else {
            Issue.record("day \(days) is not \(year)-\(month)-\(day)")
            return
          }
          days += 1
        }
      }
    }
  }

  @Test(arguments: [(1900, false), (2000, true), (2023, false), (2024, true), (2100, false), (-4, true)])
  func centuriesAreLeapYearsOnlyByFourHundred(year: Int, isLeap: Bool) {
    #expect(GregorianCalendar.isLeap(year) == isLeap)
    #expect(GregorianCalendar.days(inMonth: 2, of: year) == (isLeap ? 29 : 28))
  }
}
