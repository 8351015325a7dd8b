import TestSupport
import Testing
import TextFormats

/// csv-spectrum: CSV files, and JSON of what is in them.
@Suite(.enabled(if: Conformance.folder("csv-spectrum") != nil, "csv-spectrum is not here"))
struct CSVConformanceTests {
  /// The JSON beside it is of other data.
  static let mismatched = "location_coordinates"

  static let names = FileWalk.files(under: "\(Conformance.folder("csv-spectrum") ?? "")/csvs", suffix: ".csv")
    .compactMap { $0.split(separator: "/").last.map { String($0.dropLast(4)) } }

  @Test(arguments: names.filter { $0 != mismatched })
  func aFileIsReadAsTheJSONBesideItSays(name: String) throws {
    let rows = try RowReader.rows(of: bytes(name, "csv"), format: .csv)
    let expected = try JSONValue(parsing: bytes(name, "json"))
    #expect(JSONValue.array(rows.map(\.asJSON)) == expected)
  }

  @Test func aQuoteInTheMiddleOfAFieldIsText() throws {
    let rows = try RowReader.rows(of: bytes(Self.mismatched, "csv"), format: .csv)
    #expect(
      rows.contains { row in row.fields.contains { if case .text(let text) = $0 { text.contains("\"") } else { false } }
      })
  }

  private func bytes(_ name: String, _ kind: String) throws -> [UInt8] {
    let folder = try #require(Conformance.folder("csv-spectrum"))
    return try FileWalk.bytes(of: "\(folder)/\(kind == "csv" ? "csvs" : kind)/\(name).\(kind)")
  }
}

extension Row {
  fileprivate var asJSON: JSONValue {
    .object(
      JSONObject(
        zip(columns.names, fields).compactMap { name, field in
          if case .text(let text) = field { JSONObject.Member(name, .string(text)) } else { nil }
        }))
  }
}
