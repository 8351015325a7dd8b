import Application
import CommandLineKit
import Configuration
import Messaging
import Platform
import Providers
import TextFormats

/// Adds a profile to the configuration file.
struct ConfigAddCommand: Command {
  static let name = Operand("NAME", help: "The name of the new profile.")
  static let provider = RequiredOption(
    "provider", value: .choice(ProviderRegistry.all.map { $0.descriptor.name }).named("PROVIDER"),
    help: "The profile's provider.")
  static let spec = CommandSpec<any Command>(
    "add", summary: "Add a profile to the configuration.",
    discussion: """
      Appends the profile to the file printed by 'sms config path', and creates the file if needed. Comments, order, \
      permissions, and links are kept. The file is only changed if the new profile passes 'sms config check', and \
      then in one step.

      Secrets can't be given as options. Without one of the options under Secrets, sms asks for the secret at a \
      terminal; elsewhere it reads it from standard input, one line for each secret. It is then written to the file.
      """,
    examples: [
      Example(
        "sms config add office --provider vpixelpro --key-command \"pass show sms/key\"",
        "Add a profile whose key a program prints."),
      Example(
        "sms config add work --provider sendapp --key-env SENDAPP_KEY --devices 1,2:0",
        "Take the key from a variable, and send from two devices."),
      Example("sms config add home --provider sendapp < ~/.secrets/key", "Write the key into the configuration."),
      Example(
        "sms config add calls --provider voipcomm --key-env KEY --password-env PASS",
        "Add one with two secrets."),
    ],
    options: [provider] + ProfileOptions.entries.map(\.option), operands: [name], commonMistakes: commonMistakes,
    exits: .configuring, make: ConfigAddCommand.init)

  private static let commonMistakes = CommonMistake.options(
    ["--key", "--password", "--api-key"],
    "secrets can't be given as options; use --key-env, --key-file, or --key-command, or pipe it in"
  )

  /// The command path for usage errors that are detected at run time.
  static let path = ["sms", "config", "add"]

  private let name: String
  private let provider: ProviderDescriptor
  private let settings: [(entry: ProfileOptions.Entry, text: String)]

  init(_ parsed: Parsed) throws(UsageError) {
    name = try parsed[Self.name]
    guard !name.isEmpty, name.isName(upTo: 64) else {
      throw UsageError("not a profile name: '\(name)'", hint: "use up to 64 characters, without control characters")
    }
    let provider = try parsed[Self.provider]
    guard let descriptor = ProviderRegistry.provider(named: provider)?.descriptor else {
      throw UsageError("unknown provider '\(provider)'")
    }
    self.provider = descriptor
    settings = (ProfileOptions.entries + ProfileOptions.globals).compactMap { entry in
      entry.text(parsed).map { (entry, $0) }
    }
    try checkProvider()
  }

  /// Refuses settings of other providers.
  private func checkProvider() throws(UsageError) {
    let known = Set(CommonSettings.all.map(\.name) + provider.settings.map(\.name))
    for (entry, _) in settings where !known.contains(entry.spec.name) {
      throw UsageError(
        "\(entry.option.spec.longName) isn't a setting of \(provider.title)",
        hint: "'sms help config' explains all settings")
    }
  }

  func run(_ context: Context) throws {
    let target = try EditedConfiguration(context)
    guard !target.profiles.contains(name) else {
      throw Failure.profileExists(name, in: target.path, option: context.configOption)
    }
    var profile = NewProfile(name, provider: provider)
    for (entry, text) in settings { try set(entry, text, in: &profile, context) }
    for (secret, text) in try NewSecrets(context, provider).missing(in: profile) { profile.set(secret, text) }
    let kept = try target.add(profile, context)
    try context.print("\(target.path.escapingControls)\n")
    if let kept { context.note(Notes.defaultKept(kept)) }
    context.note(Notes.next("sms\(context.configOption) -p \(name.shellQuoted) config check --online"))
  }

  private func set(
    _ entry: ProfileOptions.Entry, _ text: String, in profile: inout NewProfile, _ context: Context
  ) throws {
    if entry.spec.kind == .secret || entry.isPath {
      guard !text.isBlank else {
        throw UsageError(.invalidValue("", argument: entry.option.spec.longName, .empty), at: Self.path)
      }
      return profile.set(entry.name, entry.isPath ? context.absolutePath(text) : text)
    }
    do {
      try profile.set(entry.spec, text: text)
    } catch {
      throw UsageError(.invalidValue(text, argument: entry.option.spec.longName, error), at: Self.path)
    }
  }
}

/// Removes a profile from the configuration file.
struct ConfigRemoveCommand: Command {
  static let name = Operand(
    "NAME", value: .string.named("NAME").completed(by: .dynamic("profiles")), help: "The profile to remove.")
  static let spec = CommandSpec<any Command>(
    "remove", summary: "Remove a profile from the configuration.",
    discussion: """
      Deletes the profile with the comments inside it, and default_profile if it names this profile. The rest of the \
      file isn't changed. Messages sent with the profile stay in the log.
      """,
    examples: [Example("sms config remove old", "Remove a profile.")],
    operands: [name], exits: .configuring, make: ConfigRemoveCommand.init)

  private let name: String

  init(_ parsed: Parsed) throws(UsageError) {
    name = try parsed[Self.name]
  }

  func run(_ context: Context) throws {
    let target = try EditedConfiguration(context)
    guard target.profiles.contains(name) else {
      throw ConfigurationError(.unknownProfile(name, known: target.profiles))
    }
    let wasDefault = try target.remove(name, context)
    try context.print("\(target.path.escapingControls)\n")
    let rest = target.profiles.filter { $0 != name }
    if wasDefault, rest.count > 1 {
      context.note(Notes.noDefault)
    }
  }
}

extension Context {
  /// The option for the same configuration file, for commands in hints; empty if it wasn't given.
  var configOption: String { globals[GlobalOptions.config].map { " -c \($0.shellQuoted)" } ?? "" }

  /// The absolute path, because a relative one in the file would be relative to the file's directory; `~` is kept.
  fileprivate func absolutePath(_ path: String) -> String {
    guard !path.hasPrefix("/"), !path.hasPrefix("~"), let folder = environment.files.currentFolder() else {
      return path
    }
    return "\(folder)/\(path)"
  }
}

extension Notes {
  /// Follows when a second profile is added, so that commands without --profile keep using the same one.
  static func defaultKept(_ name: String) -> String { "the default profile is still '\(name)' (default_profile)" }

  /// Follows when the default profile is removed.
  static let noDefault = "no default profile is left; set default_profile, or use --profile"

  static func next(_ command: String) -> String { "next: \(command)" }
}

/// The configuration file that a command changes.
struct EditedConfiguration {
  let path: String
  /// Nil if the file doesn't exist yet.
  private let file: ConfigurationFile?
  private let read: LoadedFile

  /// Throws if the file isn't a valid configuration, or isn't a regular file.
  init(_ context: Context) throws {
    let path = try ConfigurationPath(context.inputs, context.globals).preferred()
    self.path = path
    guard path != "-" else { throw Failure.inputUnchangeable }
    let status = context.environment.files.status(path)
    guard status == nil || status?.kind == .file else { throw Failure.notPlain(path) }
    guard status != nil else {
      try context.inputs.requireSafeFolder(of: path)
      (file, read) = (nil, LoadedFile(bytes: []))
      return
    }
    var inputs = context.inputs
    let judged = Result { () throws(SystemError) in try inputs.files.readJudged(path, 1 << 20) }
    // Read only once, so that what is checked is what is changed.
    inputs.files.readJudged = { (_, _) throws(SystemError) in try judged.get() }
    file = try ConfigurationFile(reading: path, inputs)
    read = (try? judged.get()) ?? LoadedFile(bytes: [])
  }

  /// The names of the profiles.
  var profiles: [String] { file?.profiles.map(\.name) ?? [] }

  /// Adds a profile. If there was only one profile and no default, that profile becomes the default, and its name
  /// is returned.
  func add(_ profile: NewProfile, _ context: Context) throws -> String? {
    var edit = ConfigurationEdit(read.bytes)
    let only = file?.defaultProfile == nil && profiles.count == 1 ? profiles.first : nil
    if let only { try apply(&edit) { (edit) throws(TOMLError) in try edit.setDefault(only) } }
    edit.add(profile)
    let changed = try changed(edit, context)
    guard changed.profiles.map(\.name) == profiles + [profile.name], let added = changed.profiles.last else {
      throw Failure.noPlaceForProfile(in: path)
    }
    try changed.check(added, context.inputs)
    try write(edit, context)
    return only
  }

  /// Removes a profile. Returns whether it was the default.
  func remove(_ name: String, _ context: Context) throws -> Bool {
    let isDefault = file?.defaultProfile?.value.string == name
    var edit = ConfigurationEdit(read.bytes)
    var isWhole = false
    try apply(&edit) { (edit) throws(TOMLError) in isWhole = try edit.remove(name, isDefault: isDefault) }
    guard isWhole else { throw Failure.noLines(ofProfile: name, in: path) }
    let changed = try changed(edit, context)
    guard changed.profiles.map(\.name) == profiles.filter({ $0 != name }) else {
      throw Failure.noLines(ofProfile: name, in: path)
    }
    try write(edit, context)
    return isDefault
  }

  private func apply(_ edit: inout ConfigurationEdit, _ body: (inout ConfigurationEdit) throws(TOMLError) -> Void)
    throws
  {
    do {
      try body(&edit)
    } catch {
      throw Failure.unchangeable(path, error.reason)
    }
  }

  /// The file after the change. Throws if sms couldn't read it.
  private func changed(_ edit: ConfigurationEdit, _ context: Context) throws -> ConfigurationFile {
    let private0600 = FileStatus(kind: .file, mode: 0o600, owner: CurrentUser.id, size: 0)
    let old = read.status == nil ? LoadedFile(bytes: [], status: private0600) : read
    return try ConfigurationFile(path, with: edit.bytes, inPlaceOf: old, context.inputs)
  }

  private func write(_ edit: ConfigurationEdit, _ context: Context) throws {
    let files = context.environment.files
    do {
      guard file == nil else { return try files.rewrite(path, read.bytes, edit.bytes) }
      if let slash = path.lastIndex(of: "/"), slash != path.startIndex { try files.makeFolders(String(path[..<slash])) }
      try files.create(path, edit.bytes)
    } catch {
      if error.isAlreadyThere, files.status(path) == nil { throw Failure.danglingLink(path) }
      guard !error.isAlreadyThere, !error.isOutdated else { throw Failure.changedMeanwhile(path) }
      throw ConfigurationError(.unwritable(path: path, error))
    }
  }
}
