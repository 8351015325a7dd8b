import TextFormats

/// A configuration file as it was read: its settings with their places, not yet their meaning.
package struct ConfigurationFile: Sendable {
  /// One `[profiles.NAME]`.
  package struct Profile: Hashable, Sendable {
    package var name: String
    package var settings: [TOMLTable.Entry]
    package var position: TextPosition

    /// The provider that it names, if it is a string.
    package var provider: String? {
      settings.first { $0.key.name == CommonSettings.provider.name }?.value.string
    }
  }

  package var path: String
  /// The file as it is, for error messages.
  package var bytes: [UInt8]
  package var defaultProfile: TOMLTable.Entry?
  package var defaults: [TOMLTable.Entry] = []
  package var profiles: [Profile] = []
  /// What stands at the top level and means nothing.
  package var unknown: [TOMLTable.Entry] = []

  /// The folder that relative paths in it start from.
  package var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A place in it, with the line itself.
  package func place(at position: TextPosition) -> ConfigurationError.Place {
    .file(path: path, position: position, line: ConfigurationLine(bytes.line(at: position)).shown)
  }

  /// Whether any secret stands in it as it is.
  package var holdsInlineSecret: Bool {
    let secrets = Set(SettingCatalog.all.filter { $0.kind == .secret }.map(\.name))
    return ([defaults] + profiles.map(\.settings)).joined().contains { secrets.contains($0.key.name) }
  }
}
