import Application
import CommandLineKit
import Configuration
import Messaging
import TextFormats

/// The options of `config add` for settings: `--from` for `from`; `--key-env`, `--key-file`, and `--key-command`
/// for `key`. Secrets themselves aren't options, because other users could see them in the process list.
enum ProfileOptions {
  /// A setting, or a form of a secret, with its option.
  struct Entry: Sendable {
    var spec: SettingSpec
    /// The name in the file: `key_env`.
    var name: String
    var option: any OptionDeclaration
    let text: @Sendable (Parsed) -> String?

    /// Whether it is a path, which in a file is relative to the file's directory.
    var isPath: Bool { spec.kind == .file || name.hasSuffix("_file") }
  }

  /// Secrets first. Excludes `provider`, and settings whose names are global options.
  static let entries: [Entry] =
    SettingCatalog.all.filter { $0.kind == .secret }.flatMap { spec in
      SecretSource.suffixes.dropFirst().map { Entry(secret: spec, form: $0) }
    } + SettingCatalog.all.filter { $0.kind != .secret && !omitted.contains($0.name) }.map { Entry($0) }

  /// Global options that set the profile's settings here, because nothing is sent.
  static let globals: [Entry] = [
    Entry(CommonSettings.timeout.spec, GlobalOptions.timeout) { $0?.words },
    Entry(CommonSettings.connectTimeout.spec, GlobalOptions.connectTimeout) { $0?.words },
    Entry(CommonSettings.retries.spec, GlobalOptions.retries) { $0.map(String.init) },
  ]

  private static let omitted = [
    CommonSettings.provider.name, CommonSettings.timeout.name, CommonSettings.connectTimeout.name,
    CommonSettings.retries.name, CommonSettings.output.name,
  ]
}

extension ProfileOptions.Entry {
  fileprivate init(_ spec: SettingSpec) {
    let name = spec.name.replacing("_", with: "-")
    if spec.kind == .boolean {
      let flag = Flag(name, group: "Settings", help: "\(spec.help).")
      self.init(spec: spec, name: spec.name, option: flag) { $0[flag] ? "true" : nil }
    } else {
      let kind = ValueKind<String>.string.named(spec.kind == .file ? "FILE" : "VALUE")
      let option = Option(name, value: kind, group: "Settings", help: "\(spec.help).")
      self.init(spec: spec, name: spec.name, option: option) { $0[option] }
    }
  }

  fileprivate init(secret spec: SettingSpec, form suffix: String) {
    let forms = [
      "_env": ("VARIABLE", "Environment variable with the \(spec.name)."),
      "_file": ("FILE", "File with the \(spec.name)."),
      "_command": ("CMD", "Command that prints the \(spec.name)."),
    ]
    let (placeholder, help) = forms[suffix] ?? ("VALUE", "")
    let option = Option(
      (spec.name + suffix).replacing("_", with: "-"), value: .string.named(placeholder), group: "Secrets", help: help)
    self.init(spec: spec, name: spec.name + suffix, option: option) { $0[option] }
  }

  fileprivate init<Value>(
    _ spec: SettingSpec, _ option: Option<Value?>, text: @escaping @Sendable (Value?) -> String?
  ) {
    self.init(spec: spec, name: spec.name, option: option) { text($0[option]) }
  }
}
