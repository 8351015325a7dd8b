import CommandLineKit
import Messaging
import Platform
import TextFormats

/// Edits the text of a configuration file: bytes that aren't part of the change stay the same.
package struct ConfigurationEdit {
  private static let profiles = "profiles"
  private static let defaultProfile = "default_profile"

  package private(set) var bytes: [UInt8]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Adds a profile at the end.
  package mutating func add(_ profile: NewProfile) {
    var block = "[\(Self.profiles).\(profile.name.tomlKey)]\(lineBreak)"
    for setting in profile.settings { block += "\(setting.name) = \(setting.value)\(lineBreak)" }
    if let last = bytes.last, last != UInt8(ascii: "\n") { bytes += lineBreak.utf8 }
    if !bytes.isEmpty { bytes += lineBreak.utf8 }
    bytes += block.utf8
  }

  /// Removes a profile and, if it is the default, `default_profile`. Returns false if the profile has no lines of
  /// its own.
  package mutating func remove(_ name: String, isDefault: Bool) throws(TOMLError) -> Bool {
    let path = [Self.profiles, name]
    var ranges: [Range<Int>] = []
    var goesOn = false
    for statement in try TOMLStatement.all(in: bytes) {
      let isPart = statement.path.starts(with: path) || isDefault && statement.path == [Self.defaultProfile]
      // Comments between a profile's lines belong to it; those before and after them are kept.
      if isPart, goesOn, let last = ranges.popLast() {
        ranges.append(last.lowerBound..<statement.lines.upperBound)
      } else if isPart {
        ranges.append(statement.lines)
      }
      goesOn = isPart && statement.path.starts(with: path)
    }
    for range in ranges.reversed() { bytes.removeSubrange(withoutGap(range)) }
    return ranges.count > (isDefault ? 1 : 0)
  }

  /// Sets the default profile, in the first place where that is valid.
  package mutating func setDefault(_ name: String) throws(TOMLError) {
    let line = "\(Self.defaultProfile) = \(name.tomlQuoted)\(lineBreak)"
    let statements = try TOMLStatement.all(in: bytes)
    if let last = statements.prefix(while: { !$0.isHeader }).last, bytes[..<last.lines.upperBound].last == 0x0A {
      bytes.insert(contentsOf: line.utf8, at: last.lines.upperBound)
    } else {
      let start = bytes.byteOrderMarkLength
      bytes.insert(contentsOf: (line + (bytes.count > start ? lineBreak : "")).utf8, at: start)
    }
  }

  /// The lines and the empty lines after them, if there is also an empty line before them.
  private func withoutGap(_ range: Range<Int>) -> Range<Int> {
    let isAfterGap = range.lowerBound == 0 || bytes[..<range.lowerBound].hasSuffix(emptyLine)
    guard isAfterGap else { return range }
    var end = range.upperBound
    while bytes[end...].starts(with: lineBreak.utf8) { end += lineBreak.utf8.count }
    return range.lowerBound..<end
  }

  private var lineBreak: String { bytes.contains(0x0D) ? "\r\n" : "\n" }
  private var emptyLine: [UInt8] { Array((lineBreak + lineBreak).utf8) }
}

/// A profile to add to a configuration file.
package struct NewProfile {
  package var name: String
  /// In file order, each value as TOML.
  package private(set) var settings: [(name: String, value: String)]

  package init(_ name: String, provider: ProviderDescriptor) {
    self.name = name
    settings = [(CommonSettings.provider.name, provider.name.tomlQuoted)]
  }

  /// Adds a setting, or one of the forms of a secret.
  package mutating func set(_ name: String, _ value: String) {
    settings.append((name, value.tomlQuoted))
  }

  /// Adds a setting with the text of an option.
  package mutating func set(_ spec: SettingSpec, text: String) throws(ValueProblem) {
    settings.append((spec.name, try spec.value(ofText: text).tomlText))
  }

  package func has(_ name: String) -> Bool { settings.contains { $0.name == name } }
}

extension ConfigurationFile {
  /// The file with other content, checked as if it had been read; nothing is written.
  package init(_ path: String, with bytes: [UInt8], inPlaceOf old: LoadedFile, _ inputs: ConfigurationInputs)
    throws(ConfigurationError)
  {
    var inputs = inputs
    inputs.files.readJudged = { (_, _) throws(SystemError) in
      LoadedFile(bytes: bytes, status: old.status, distrust: old.distrust)
    }
    try self.init(reading: path, inputs)
  }

  /// Checks a profile with the settings that it would be used with.
  package func check(_ profile: Profile, _ inputs: ConfigurationInputs) throws(ConfigurationError) {
    let layers = SettingLayers(globals: nil, variables: [:], file: self, profile: profile)
    let settings = try layers.checkedSettings(inputs, checksFiles: true)
    try layers.checkWritten()
    _ = try settings.makeProvider(inputs)
  }
}

extension String {
  /// As a TOML key, quoted if necessary.
  fileprivate var tomlKey: String {
    let isBare =
      !isEmpty
      && utf8.allSatisfy { byte in
        switch byte {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
        default: false
        }
      }
    return isBare ? self : tomlQuoted
  }
}

extension ArraySlice<UInt8> {
  fileprivate func hasSuffix(_ end: [UInt8]) -> Bool { suffix(end.count).elementsEqual(end) }
}
