import Messaging

extension CivilTime {
  /// Reads `YYYY-MM-DD HH:MM`, also with seconds, with a `T` in the middle, or without a time; nil for anything else.
  init?(yearFirst text: String) {
    let halves = text.split(whereSeparator: { $0 == " " || $0 == "T" })
    guard (1...2).contains(halves.count), let date = halves[0].numbers(by: "-", widths: [4, 2, 2]) else { return nil }
    self.init(year: date[0], month: date[1], day: date[2])
    if halves.count == 2 {
      guard let time = halves[1].numbers(by: ":", widths: [2, 2]) ?? halves[1].numbers(by: ":", widths: [2, 2, 2])
      else { return nil }
      (hour, minute, second) = (time[0], time[1], time.count > 2 ? time[2] : 0)
    }
    guard isValid else { return nil }
  }

  /// Reads `DD-MM-YYYY HH:MM`; nil for anything else.
  init?(dayFirst text: String) {
    let halves = text.split(separator: " ", omittingEmptySubsequences: false)
    guard halves.count == 2, let date = halves[0].numbers(by: "-", widths: [2, 2, 4]),
      let time = halves[1].numbers(by: ":", widths: [2, 2])
    else { return nil }
    self.init(year: date[2], month: date[1], day: date[0], hour: time[0], minute: time[1])
    guard isValid else { return nil }
  }
}

extension Substring {
  /// The numbers between separators, where each has its number of digits; nil otherwise.
  fileprivate func numbers(by separator: Character, widths: [Int]) -> [Int]? {
    let parts = split(separator: separator, omittingEmptySubsequences: false)
    let numbers = parts.compactMap { wholeNumber(String($0)) }
    return parts.map(\.utf8.count) == widths && numbers.count == widths.count ? numbers : nil
  }
}
