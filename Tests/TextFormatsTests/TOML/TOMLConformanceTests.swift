import TestSupport
import Testing
import TextFormats

/// The public test data of TOML 1.0: documents with what they mean as tagged JSON, and texts that are none.
@Suite(.enabled(if: Conformance.folder("toml") != nil))
struct TOMLConformanceTests {
  static let folder = Conformance.folder("toml") ?? ""

  @Test(arguments: FileWalk.files(under: "\(folder)/valid", suffix: ".toml"))
  func means(path: String) throws {
    let table = try TOMLTable(parsing: FileWalk.bytes(of: path))
    let expected = try JSONValue(parsing: FileWalk.bytes(of: "\(path.dropLast(5)).json"))
    #expect(table.tagged == expected.normalised)
  }

  @Test(arguments: FileWalk.files(under: "\(folder)/invalid", suffix: ".toml"))
  func isRefused(path: String) throws {
    let bytes = try FileWalk.bytes(of: path)
    let error = try #require(throws: TOMLError.self) { try TOMLTable(parsing: bytes) }
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    #expect((1...lines.count).contains(error.position.line))
    guard lines.indices.contains(error.position.line - 1) else { return }
    #expect((1...lines[error.position.line - 1].count + 1).contains(error.position.column))
  }
}

extension JSONValue {
  /// Members sorted by name; floats as Swift spells them; times without zeros at the end.
  fileprivate var normalised: JSONValue {
    switch (self, self["type"], self["value"]) {
    case (_, "float", .string(let text)): ["type": "float", "value": .string(Double(text).map { "\($0)" } ?? text)]
    case (_, .string(let type), .string(let text)) where type.hasPrefix("datetime") || type == "time-local":
      ["type": .string(type), "value": .string(text.normalisedTime)]
    case (.array(let elements), _, _): .array(elements.map(\.normalised))
    case (.object(let object), _, _):
      JSONValue.object(JSONObject(object.members.map { JSONObject.Member($0.name, $0.value.normalised) })).sorted
    default: self
    }
  }
}

extension String {
  /// A time whose fraction has no zeros at its end.
  fileprivate var normalisedTime: String {
    guard let point = firstIndex(of: ".") else { return self }
    let end = self[point...].dropFirst().firstIndex { !$0.isNumber } ?? endIndex
    let fraction = String(self[point..<end]).trimmingZeros
    return self[..<point] + (fraction == "." ? "" : fraction) + self[end...]
  }
}
