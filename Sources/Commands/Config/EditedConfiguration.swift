import Application
import Configuration
import Messaging
import Platform
import TextFormats

/// The configuration file that a command changes.
struct EditedConfiguration {
  let path: String
  /// Nil if the file doesn't exist yet.
  private let file: ConfigurationFile?
  private let read: ReadFile

  /// Throws if the file isn't a valid configuration, or isn't a regular file.
  init(_ context: Context) throws {
    let path = try ConfigurationPath(context.inputs, context.globals).preferred()
    self.path = path
    guard path != "-" else { throw Failure.inputUnchangeable }
    let status = context.environment.files.status(path)
    guard status == nil || status?.kind == .file else { throw Failure.notPlain(path) }
    guard status != nil else {
      try context.inputs.requireSafeFolder(of: path)
      (file, read) = (nil, ReadFile(bytes: []))
      return
    }
    var inputs = context.inputs
    let judged = Result { () throws(SystemError) in try inputs.files.readJudged(path, 1 << 20) }
    // Read only once, so that what is checked is what is changed.
    inputs.files.readJudged = { (_, _) throws(SystemError) in try judged.get() }
    file = try ConfigurationFile(reading: path, inputs)
    read = (try? judged.get()) ?? ReadFile(bytes: [])
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
    let old = read.status == nil ? ReadFile(bytes: [], status: private0600) : read
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
