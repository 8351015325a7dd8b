import CommandLineKit
import Messaging
import TextFormats

/// Why a written value is no value of a setting.
package enum SettingProblem: Error, Sendable {
  /// What it should be, such as `a string`.
  case wrongType(expected: String)
  case invalid(reason: String, hint: String? = nil)
}

extension SettingSpec {
  /// The value that a variable's text stands for.
  package func value(ofText text: String) throws(SettingProblem) -> SettingValue {
    switch kind {
    case .boolean: try Self.boolean(text)
    case .integer(let range): .integer(try Self.parsed(text, by: .int(range)))
    case .devices: .devices(try text.split(separator: ",").map(Self.device))
    default: try value(ofString: text)
    }
  }

  /// The value that a file's value stands for.
  package func value(of written: TOMLValue) throws(SettingProblem) -> SettingValue {
    switch (kind, written.content) {
    case (.boolean, .boolean(let value)): return .boolean(value)
    case (.integer(let range), .integer(let value)):
      return .integer(try Self.parsed(String(value), by: .int(range)))
    case (.devices, .array(let elements)): return .devices(try elements.map(Self.device))
    case (.boolean, _), (.integer, _), (.devices, _): throw .wrongType(expected: typeName)
    case (_, .string(let text)): return try value(ofString: text)
    default: throw .wrongType(expected: typeName)
    }
  }

  /// What its values are in a file.
  private var typeName: String {
    switch kind {
    case .boolean: "true or false"
    case .integer: "an integer"
    case .devices: "an array such as [\"1\", \"2:0\"]"
    default: "a string"
    }
  }

  /// The value of a kind that is written as a string everywhere.
  private func value(ofString text: String) throws(SettingProblem) -> SettingValue {
    switch kind {
    case .duration: return .duration(try Self.parsed(text, by: .duration))
    case .rate: return .rate(try Self.parsed(text, by: .rate))
    case .sender: return .string(try Self.parsed(text, by: .sender))
    case .senderID: return .string(try Self.parsed(text, by: .senderID))
    case .outputFormat: return .outputFormat(try Self.parsed(text, by: .enumeration()))
    case .countryCode:
      guard let code = CountryCode(text) else { throw .invalid(reason: "it must be + and 1 to 3 digits, such as +44") }
      return .countryCode(code)
    default:
      guard !text.isEmpty else { throw .invalid(reason: "it is empty") }
      return .string(text)
    }
  }

  private static func boolean(_ text: String) throws(SettingProblem) -> SettingValue {
    switch text {
    case "true", "1": return .boolean(true)
    case "false", "0": return .boolean(false)
    default: throw .invalid(reason: "it must be true or false")
    }
  }

  private static func device(_ text: Substring) throws(SettingProblem) -> DeviceSelector {
    guard let device = DeviceSelector(String(text)) else {
      throw .invalid(reason: "it must be devices such as 1 or 2:0")
    }
    return device
  }

  private static func device(_ written: TOMLValue) throws(SettingProblem) -> DeviceSelector {
    switch written.content {
    case .string(let text): return try device(text[...])
    case .integer(let id): return try device(String(id)[...])
    default: throw .wrongType(expected: "an array such as [\"1\", \"2:0\"]")
    }
  }

  private static func parsed<Value>(_ text: String, by kind: ValueKind<Value>) throws(SettingProblem) -> Value {
    do {
      return try kind.parse(text)
    } catch {
      throw .invalid(reason: error.message, hint: error.hint(for: text))
    }
  }
}
