import CommandLineKit
import Messaging
import Output
import TextFormats

/// A setting's value once it has been read.
package enum SettingValue: Hashable, Sendable {
  case string(String)
  case boolean(Bool)
  case integer(Int)
  case duration(Duration)
  case rate(Rate)
  case devices([DeviceSelector])
  case countryCode(CountryCode)
  case outputFormat(OutputFormat)
}

extension SettingValue {
  /// As a variable would hold it.
  package var text: String {
    switch self {
    case .string(let text): text
    case .boolean(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .duration(let time): time.words
    case .rate(let rate): rate.words
    case .devices(let devices): devices.map(\.text).joined(separator: ",")
    case .countryCode(let code): code.text
    case .outputFormat(let format): format.rawValue
    }
  }

  /// As it may be shown: without a password in an address.
  package var shown: String {
    if case .string(let text) = self { text.hidingUserInformation } else { text }
  }

  /// As it would be written in a file.
  var tomlText: String {
    switch self {
    case .boolean, .integer: text
    case .devices(let devices): "[\(devices.map { "\"\($0.text)\"" }.joined(separator: ", "))]"
    default: text.tomlQuoted
    }
  }
}

extension DeviceSelector {
  fileprivate var text: String { "\(id)" + (sim.map { ":\($0)" } ?? "") }
}

/// Where a secret comes from; it is fetched when it is needed.
package enum SecretSource: Hashable, Sendable {
  /// Written in the configuration itself.
  case inline(String)
  /// In the environment variable of this name.
  case variable(String)
  /// In the file at this path.
  case file(String)
  /// Printed by this command of `/bin/sh`.
  case command(String)

  /// The environment variable that holds it, if one does.
  var variable: String? { if case .variable(let name) = self { name } else { nil } }

  /// The endings of a setting's name, in the order of the cases.
  package static let suffixes = ["", "_env", "_file", "_command"]
}

/// Why a written value is not a value of its setting.
package enum SettingProblem: Error, Sendable {
  /// What it should be, such as `a string`.
  case wrongType(expected: String)
  /// The value that was probably meant follows as `suggestion`, such as `; did you mean 'json'?`.
  case invalid(reason: String, suggestion: String = "", hint: String? = nil)
}

extension SettingSpec {
  /// The value of a variable's text.
  package func value(ofText text: String) throws(SettingProblem) -> SettingValue {
    switch kind {
    case .boolean: try Self.boolean(text)
    case .integer(let range): .integer(try Self.parsed(text, by: .int(range)))
    case .devices: .devices(try text.split(separator: ",").map(Self.device))
    default: try value(ofString: text)
    }
  }

  /// The value of what a file says.
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

  /// What its values look like in a file.
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
      guard let code = CountryCode(text) else {
        throw .invalid(reason: "not a calling code", hint: "use + and digits, such as +44")
      }
      return .countryCode(code)
    default:
      guard !text.isEmpty else { throw .invalid(reason: "can't be empty") }
      return .string(text)
    }
  }

  private static func boolean(_ text: String) throws(SettingProblem) -> SettingValue {
    switch text {
    case "true", "1": return .boolean(true)
    case "false", "0": return .boolean(false)
    default: throw .invalid(reason: "not true or false", hint: "use true or false")
    }
  }

  private static func device(_ text: Substring) throws(SettingProblem) -> DeviceSelector {
    guard let device = DeviceSelector(String(text)) else {
      throw .invalid(reason: "not a device", hint: "use an ID such as 1, or 1:0 for its first SIM")
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
      throw .invalid(reason: error.message, suggestion: error.suggestion(for: text), hint: error.hint)
    }
  }
}

extension SettingProblem {
  /// What is wrong with a value that is no secret; its text where nothing else shows it.
  package static func words(_ reason: String, of text: String?, _ suggestion: String) -> String {
    reason + (text.map { $0.isEmpty ? "" : "\(reason == "unknown value" ? "" : ":") '\($0)'" } ?? "") + suggestion
  }
}
