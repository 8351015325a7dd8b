import CommandLineKit
import Messaging
import Output
import TextFormats

/// The parsed value of a setting.
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
  /// The text that a variable would have.
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

  /// The text for output: without a password in a URL.
  package var shown: String {
    if case .string(let text) = self { text.hidingUserInformation } else { text }
  }

  /// The text in a configuration file.
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

/// The source of a secret, which is read when it is needed.
package enum SecretSource: Hashable, Sendable {
  /// Written in the configuration itself.
  case inline(String)
  /// In the environment variable of this name.
  case variable(String)
  /// In the file at this path.
  case file(String)
  /// Printed by this command, run with `/bin/sh`.
  case command(String)

  /// The environment variable that contains it, if any.
  var variable: String? { if case .variable(let name) = self { name } else { nil } }

  /// The suffixes of a setting's name, in the order of the cases.
  package static let suffixes = forms.map(\.suffix)

  /// How the setting's text is interpreted with each suffix of its name.
  static let forms: [(suffix: String, source: @Sendable (String) -> SecretSource)] = [
    ("", SecretSource.inline), ("_env", SecretSource.variable), ("_file", SecretSource.file),
    ("_command", SecretSource.command),
  ]
}

extension SettingSpec {
  /// Parses the text of a variable.
  package func value(ofText text: String) throws(ValueProblem) -> SettingValue {
    switch kind {
    case .boolean: try Self.boolean(text)
    case .integer(let range): .integer(try ValueKind<Int>.int(range).parse(text))
    case .devices: .devices(try Self.devices(text.split(separator: ",").map(String.init)))
    default: try value(ofString: text)
    }
  }

  /// Converts a value in a file; nil if it has another type.
  func value(of written: TOMLValue) throws(ValueProblem) -> SettingValue? {
    switch (kind, written.content) {
    case (.boolean, .boolean(let value)): return .boolean(value)
    case (.integer(let range), .integer(let value)):
      return .integer(try ValueKind<Int>.int(range).parse(String(value)))
    case (.devices, .array(let elements)):
      let devices = elements.compactMap(\.deviceText)
      return devices.count == elements.count ? .devices(try Self.devices(devices)) : nil
    case (.boolean, _), (.integer, _), (.devices, _): return nil
    case (_, .string(let text)): return try value(ofString: text)
    default: return nil
    }
  }

  /// What its values look like in a file.
  var typeName: String {
    switch kind {
    case .boolean: "true or false"
    case .integer: "an integer"
    case .devices: "an array such as [\"1\", \"2:0\"]"
    default: "a string"
    }
  }

  /// Parses a value of a kind that is always written as a string.
  private func value(ofString text: String) throws(ValueProblem) -> SettingValue {
    switch kind {
    case .duration: return .duration(try ValueKind<Duration>.duration.parse(text))
    case .rate: return .rate(try ValueKind<Rate>.rate.parse(text))
    case .sender: return .string(try ValueKind<String>.sender.parse(text))
    case .senderID: return .string(try ValueKind<String>.senderID.parse(text))
    case .outputFormat: return .outputFormat(try ValueKind<OutputFormat>.enumeration().parse(text))
    case .countryCode:
      guard let code = CountryCode(text) else {
        throw .other("not a calling code", hint: "use + and digits, such as +44")
      }
      return .countryCode(code)
    default:
      guard !text.isEmpty else { throw .empty }
      return .string(text)
    }
  }

  private static func boolean(_ text: String) throws(ValueProblem) -> SettingValue {
    switch text {
    case "true", "1": return .boolean(true)
    case "false", "0": return .boolean(false)
    default: throw .other("not true or false", hint: "use true or false")
    }
  }

  private static func devices(_ texts: [String]) throws(ValueProblem) -> [DeviceSelector] {
    try texts.map(ValueKind<DeviceSelector>.device.parse)
  }
}

extension TOMLValue {
  /// The text of a device, which a file may also give as a number; nil for other types.
  fileprivate var deviceText: String? {
    if case .integer(let id) = content { String(id) } else { string }
  }
}

extension ValueKind where Value == DeviceSelector {
  /// A device, or one of its SIM slots.
  package static var device: Self {
    ValueKind("ID[:SIM]", completion: .dynamic("devices")) { (text) throws(ValueProblem) in
      guard let device = DeviceSelector(text) else {
        throw .other("not a device", hint: "use an ID such as 1, or 1:0 for its first SIM")
      }
      return device
    }
  }
}

extension ValueKind where Value == String {
  /// A single line of text that isn't blank.
  package static var line: Self {
    ValueKind("TEXT") { (text) throws(ValueProblem) in
      guard !text.isBlank else { throw .empty }
      guard SenderText.isSafe(text) else { throw .other("must be a single line") }
      return text
    }
  }

  /// A sender number or sender ID: a single line that isn't empty.
  package static var sender: Self {
    ValueKind("SENDER") { (text) throws(ValueProblem) in
      guard !text.isEmpty else { throw .empty }
      guard SenderText.isSafe(text) else { throw .other("must be a single line") }
      return text
    }
  }

  /// A web address: http or https, a host, and no spaces.
  package static var webAddress: Self {
    ValueKind("URL") { (text) throws(ValueProblem) in
      let parts = text.split(separator: ":", maxSplits: 1)
      let isWeb = ["http", "https"].contains(parts.first?.lowercased() ?? "")
      guard isWeb, parts.count == 2, parts[1].hasPrefix("//"), let host = parts[1].dropFirst(2).unicodeScalars.first,
        !"/?#:".unicodeScalars.contains(host), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
      else {
        throw .other("not a URL", hint: "upload the file first, then use its URL, such as https://example.com/cat.jpg")
      }
      return text
    }
  }

  /// An alphanumeric sender ID.
  package static var senderID: Self {
    ValueKind("ID") { (text) throws(ValueProblem) in
      guard SenderID.isAlphanumeric(text) else {
        throw .other(
          "not a sender ID", hint: "use 1 to 11 letters A to Z and digits, with at least one letter")
      }
      return text
    }
  }
}

/// Characters that senders and secrets must not contain, because they are used in headers and logs.
package enum SenderText {
  package static func isSafe(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0 != "\r" && $0 != "\n" && $0 != "\0" }
  }
}
