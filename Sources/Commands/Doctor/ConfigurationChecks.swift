import Application
import CommandLineKit
import Configuration
import Messaging
import Providers
import TextFormats

/// Checks of the configuration as a whole; finds the profiles to check.
struct ConfigurationChecks {
  private let context: Context
  private let file: Result<ConfigurationFile?, ConfigurationError>

  init(_ context: Context) {
    self.context = context
    file = Result { () throws(ConfigurationError) in try context.configuration.file() }
  }

  var records: [CheckRecord] {
    switch file {
    case .failure(let error): error.all.map(failure) + unknownVariables
    case .success(nil): [noFile] + unknownVariables
    case .success(let file?):
      [found(file), permissions(file)].compactMap(\.self) + unknownNames(file) + unfilled(file) + unknownVariables
        + [choice]
    }
  }

  /// The profiles that are looked at: all, or the one that is named, or what variables say without any.
  var profiles: [ProfileChecks] {
    let file = (try? self.file.get()) ?? nil
    if let named = context.globals[GlobalOptions.profile] {
      // One that is not there is no good to look at; that it is missing was said.
      let isThere = file?.profiles.contains { $0.name == named } ?? false
      return isThere ? [ProfileChecks(context, profile: named)] : []
    }
    if isFromVariables { return [ProfileChecks(context, profile: nil)] }
    return (file?.profiles ?? []).map { ProfileChecks(context, profile: $0.name) }
  }

  /// Whether variables alone say what to send through.
  private var isFromVariables: Bool {
    let inputs = context.inputs
    return inputs.variable(CommonSettings.provider.variableName) != nil && inputs.variable("SMS_PROFILE") == nil
  }

  private func failure(_ error: ConfigurationError) -> CheckRecord {
    switch error.problem {
    case .readableByOthers(let path), .untrustedFile(let path, _, _):
      return CheckRecord("permissions", subject: path, ok: "").failed(error)
    default: break
    }
    if case .unreadable(let path, let cause) = error.problem, cause.isNotFound {
      return CheckRecord("config", ok: "").failed(.fileMissing(path), .configuration)
    }
    return CheckRecord("config", ok: "").failed(error)
  }

  private var noFile: CheckRecord {
    let record = CheckRecord("config", ok: CheckWords.noFileNeeded)
    if isFromVariables { return record }
    do {
      let path = try ConfigurationPath(context.inputs, context.globals).preferred()
      return record.failed(.noConfiguration(path), .configuration)
    } catch {
      return record.failed(error)
    }
  }

  private func found(_ file: ConfigurationFile) -> CheckRecord {
    let record = CheckRecord("config", subject: file.path, ok: counted(file.profiles.count, "profile"))
    guard file.profiles.isEmpty, !isFromVariables else { return record }
    return record.failed(.noProfile, .configuration)
  }

  /// Where there are secrets, or where to get them, others fail before this: here is what they may write else.
  private func permissions(_ file: ConfigurationFile) -> CheckRecord? {
    guard file.path != "-", let status = context.environment.files.status(file.path), status.kind == .file else {
      return nil
    }
    let record = CheckRecord("permissions", subject: file.path, ok: "mode \(status.modeText)")
    guard status.mode & 0o022 != 0 else { return record }
    return record.warning(.changeable(mode: status.modeText, path: file.path))
  }

  private func unknownNames(_ file: ConfigurationFile) -> [CheckRecord] {
    file.unknownNames.map {
      CheckRecord("setting", subject: $0.name, ok: "").warning(.unknownName($0.placeText, nearest: $0.nearest))
    }
  }

  private func unfilled(_ file: ConfigurationFile) -> [CheckRecord] {
    file.unfilled.map { setting in
      CheckRecord("setting", profile: setting.profile, subject: setting.name, ok: "")
        .warning(.unfilled(setting.message))
    }
  }

  private var unknownVariables: [CheckRecord] {
    context.configuration.unknownVariables.map { unknown in
      CheckRecord("variable", subject: unknown.name, ok: "")
        .warning(.unknownVariable(nearest: unknown.nearest))
    }
  }

  /// Which profile a command takes that names none.
  private var choice: CheckRecord {
    let record = CheckRecord("profile", ok: CheckWords.noProfileNeeded)
    do throws(ConfigurationError) {
      let layers = try context.configuration.layers(try file.get())
      guard let profile = layers.profile else { return record }
      return CheckRecord("profile", ok: CheckWords.used(profile.name, layers.profileOrigin.text))
    } catch {
      if case .noProfileChosen = error.problem { return record.warning(error.placedMessage, hint: error.hint) }
      return record.failed(error.all[0])
    }
  }
}
