import Application
import CommandLineKit
import Configuration
import Messaging
import Providers
import TextFormats

/// Checks the configuration as a whole, and finds the profiles to check.
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

  /// The profiles to check: the one given with `--profile`, or all, or the one that variables define.
  var profiles: [ProfileChecks] {
    let file = (try? self.file.get()) ?? nil
    if let named = context.globals[GlobalOptions.profile] {
      // A missing profile was already reported.
      let isThere = file?.profiles.contains { $0.name == named } ?? false
      return isThere ? [ProfileChecks(context, profile: named)] : []
    }
    if isFromVariables { return [ProfileChecks(context, profile: nil)] }
    return (file?.profiles ?? []).map { ProfileChecks(context, profile: $0.name) }
  }

  /// Whether variables alone select the provider.
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

  /// A file with secrets, or with ways to get them, is rejected earlier; this warns about any file that others can
  /// change.
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

  /// Which profile is used by commands without `--profile`.
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
