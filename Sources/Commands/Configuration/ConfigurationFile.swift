import TextFormats

/// A configuration file as it was read: its settings with their places, not yet their meaning.
struct ConfigurationFile: Sendable {
  /// One `[profiles.NAME]`.
  struct Profile: Hashable, Sendable {
    var name: String
    var settings: [TOMLTable.Entry]
    var position: TextPosition

    /// The provider that it names, if it is a string.
    var provider: String? {
      settings.first { $0.key.name == CommonSettings.provider.name }?.value.string
    }
  }

  var path: String
  /// The lines of the file, for error messages.
  var lines: [[UInt8]]
  var defaultProfile: TOMLTable.Entry?
  var defaults: [TOMLTable.Entry] = []
  var profiles: [Profile] = []
  /// What stands at the top level and means nothing.
  var unknown: [TOMLTable.Entry] = []

  /// The folder that relative paths in it start from.
  var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A place in it, with the line itself.
  func place(at position: TextPosition) -> ConfigurationError.Place {
    .file(path: path, position: position, line: ConfigurationLines(lines).line(position.line))
  }

  /// Whether any secret stands in it as it is.
  var holdsInlineSecret: Bool {
    let secrets = Set(SettingCatalog.all.filter { $0.kind == .secret }.map(\.name))
    return ([defaults] + profiles.map(\.settings)).joined().contains { secrets.contains($0.key.name) }
  }
}
