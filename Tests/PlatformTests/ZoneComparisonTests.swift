import Testing
import TestSupport

@testable import Platform

/// Compares time zones with libc, which GNU `date` asks in a process of its own: `TZ` belongs to a whole process.
@Suite struct ZoneComparisonTests {
  private static let folder = TimeZones.folders.first { Files.status("\($0)/Europe/Paris") != nil }
  private static let hasGNUDate =
    (try? Subprocess.run(["date", "--version"], timeout: .seconds(60)).stdout)
    .map { String(decoding: $0, as: UTF8.self).contains("GNU") } ?? false

  /// From 1970 to 2100: twelve weeks apart at changing times of day.
  private static let samples = Array(stride(from: Int64(0), to: end, by: 7_322_473))
  private static let end: Int64 = 4_133_980_800

  @Test(
    .enabled(if: folder != nil, "the system has no time zone tables"),
    .enabled(if: hasGNUDate, "the system has no GNU date to compare with"))
  func allZonesAgreeWithLibc() throws {
    let folder = try #require(Self.folder)
    var seen: Set<[UInt8]> = []
    var rules: Set<TimeZoneRule> = []
    var compared = 0
    for path in FileWalk.files(under: folder) {
      let name = String(path.dropFirst(folder.utf8.count + 1))
      // `right` counts leap seconds, which Unix time doesn't. Many zones are other names of one.
      let file = try Files.read(path, limit: 1_048_576)
      guard file.starts(with: "TZif".utf8), !name.hasPrefix("right/"), seen.insert(file).inserted else { continue }
      let table = try #require(TimeZoneTable(file), "\(name)")
      let isNewRule = table.rule.map { rules.insert($0).inserted } ?? false
      try compare(name, Self.samples + changes(of: table) + (isNewRule ? yearlyChanges(of: table) : []))
      compared += 1
    }
    #expect(compared > 100)
  }

  /// The last second before each change in the table, and the first after it.
  private func changes(of table: TimeZoneTable) -> [Int64] {
    table.transitions.filter { (0..<Self.end).contains($0) }.flatMap { [$0 - 1, $0] }
  }

  /// The same after the table, where the rule applies, in one year out of three.
  private func yearlyChanges(of table: TimeZoneTable) -> [Int64] {
    let twoWeeks: Int64 = 1_314_900
    return stride(from: Int64(2_145_916_800), to: Self.end, by: 3 * 31_556_952).flatMap { year in
      stride(from: year, to: year + 24 * twoWeeks, by: Int64.Stride(twoWeeks)).flatMap { start in
        change(of: table, start, start + twoWeeks)
      }
    }
  }

  private func change(of table: TimeZoneTable, _ start: Int64, _ end: Int64) -> [Int64] {
    var (low, high) = (start, end)
    let offset = table.offset(at: low)
    guard table.offset(at: high) != offset else { return [] }
    while high - low > 1 {
      let middle = (low + high) / 2
      if table.offset(at: middle) == offset { low = middle } else { high = middle }
    }
    return [low, high]
  }

  private func compare(_ name: String, _ moments: [Int64]) throws {
    let input = moments.map { "@\($0)\n" }.joined()
    let output = try Subprocess.run(
      ["date", "-f", "-", "+%::z"], input: Array(input.utf8), environment: ["TZ": name, "PATH": "/usr/bin:/bin"],
      timeout: .seconds(60))
    let offsetAt = try #require(TimeZones.named(name))
    var texts: [Int: [UInt8]] = [:]
    let ours = moments.map { moment in
      let offset = offsetAt(moment)
      if texts[offset] == nil { texts[offset] = Array(text(ofOffset: offset).utf8) }
      return texts[offset]?[...] ?? []
    }
    // `-00` is what zones call a time when nobody lived there.
    let theirs = output.stdout.split(separator: UInt8(ascii: "\n")).map {
      $0.elementsEqual("-00:00:00".utf8) ? ArraySlice("+00:00:00".utf8) : $0
    }
    if ours == theirs { return }
    let place = zip(ours, theirs).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? theirs.count
    let their = theirs.count > place ? String(decoding: theirs[place], as: UTF8.self) : "nothing"
    Issue.record("\(name) at \(moments[place]): \(String(decoding: ours[place], as: UTF8.self)), libc: \(their)")
  }

  /// Such as `+05:45:00`.
  private func text(ofOffset seconds: Int) -> String {
    let parts = [abs(seconds) / 3600, abs(seconds) / 60 % 60, abs(seconds) % 60]
    return (seconds < 0 ? "-" : "+") + parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}
