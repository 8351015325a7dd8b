#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import TestSupport
import Testing

@testable import Messaging

/// The generated table, and how numbers of all its countries are read.
@Suite struct NumberingPlanTests {
  private static let folder = Conformance.numbers

  private func rows(of file: String) throws -> [[String]] {
    let bytes = try FileWalk.bytes(of: "\(try #require(Self.folder))/\(file)")
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst()
    return lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }

  @Test("Every plan is found by its calling code, and none is the beginning of another")
  func codes() {
    let codes = (1...999).filter { NumberingPlan(callingCode: $0) != nil }
    #expect(codes.count == NumberingPlanTable.plans.count)
    for code in codes {
      #expect(NumberingPlan(callingCode: code)?.callingCode == code)
      #expect(NumberingPlan(ofInternational: "\(code)0000000".utf8)?.callingCode == code)
    }
  }

  @Test("The table is small, and says from when it is")
  func size() throws {
    let table = (NumberingPlanTable.plans, NumberingPlanTable.starts, NumberingPlanTable.sets)
    let bytes =
      8 * table.0.count + 2 * table.1.count + 8 * table.2.count + 4 * NumberingPlanTable.internationalPrefixes.count
    #expect((5_000...9_000).contains(bytes))
    let date = try #require(Timestamp(rfc3339: "\(NumberingPlanTable.date)T00:00:00Z"))
    print("Numbering plans: \(NumberingPlanTable.source), \((Int64(time(nil)) - date.unixSeconds) / 86_400) days old")
  }

  @Test(
    "Lengths and trunk prefixes are those that are known", .enabled(if: folder != nil, "no numbers to compare with"))
  func facts() throws {
    for row in try rows(of: "plans.csv") {
      let plan = try #require(Int(row[0]).flatMap(NumberingPlan.init(callingCode:)), "\(row[0])")
      let lengths = (1...20).filter(plan.isPossible(length:)).map(String.init).joined(separator: " ")
      #expect(lengths == row[4], "\(row[0])")
      #expect(plan.trunkPrefixes.first.map { String(decoding: $0, as: UTF8.self) } ?? "" == row[3], "\(row[0])")
    }
  }

  /// Some numbers have two readings, and some fixed-line numbers are as short as short codes.
  @Test("No number goes to somebody else", .enabled(if: folder != nil, "no numbers to compare with"))
  func cases() throws {
    let cases = try rows(of: "cases.csv")
    var refused = 0
    for row in cases {
      let country = try #require(CountryCode(row[0]))
      let number = try? PhoneNumber(parsing: row[1], by: NumberRules(countryCode: country))
      guard let number, !number.isShortCode else {
        refused += row[2] == "-" ? 0 : 1
        continue
      }
      #expect(number.e164 == row[2], "\(row[1]) in \(row[0])")
    }
    #expect(cases.count > 1_000 && refused * 50 < cases.count, "\(refused) of \(cases.count) refused")
  }
}
