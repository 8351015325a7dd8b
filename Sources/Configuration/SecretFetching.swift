import Messaging
import Platform

/// Fetches secrets from where the configuration says they are.
package struct SecretFetcher {
  package var inputs: ConfigurationInputs
  /// Relative paths in the configuration start from this folder.
  package var folder: String?

  package init(inputs: ConfigurationInputs, folder: String? = nil) {
    self.inputs = inputs
    self.folder = folder
  }

  /// The secret's text, without one newline at its end.
  package func secret(_ entry: Settings.SecretEntry, of setting: String) throws(ConfigurationError) -> String {
    do throws(ConfigurationError) {
      return try text(entry, of: setting)
    } catch {
      var error = error
      error.origin = entry.origin
      throw error
    }
  }

  private func text(_ entry: Settings.SecretEntry, of setting: String) throws(ConfigurationError) -> String {
    let bytes = try bytes(entry, of: setting)
    guard let text = try? String(utf8: Self.withoutFinalNewline(bytes)), SenderText.isSafe(text) else {
      throw ConfigurationError(.secretUnsafe(setting: setting))
    }
    guard !text.isEmpty else { throw unavailable(setting, "it is empty") }
    return text
  }

  private func bytes(_ entry: Settings.SecretEntry, of setting: String) throws(ConfigurationError) -> [UInt8] {
    switch entry.source {
    case .inline(let text): return Array(text.utf8)
    case .variable(let name):
      guard let text = inputs.variables[name] else {
        throw unavailable("\(setting)_env", "the variable \(name) is not set")
      }
      return Array(text.utf8)
    case .file(let path): return try file(path, of: setting, from: entry.origin)
    case .command(let command): return try output(of: command, setting: setting)
    }
  }

  private func file(_ path: String, of setting: String, from origin: Origin) throws(ConfigurationError) -> [UInt8] {
    let path = ConfigurationFolder(inputs, folder).path(path, from: origin)
    do {
      return try inputs.files.read(path, 65_536)
    } catch {
      throw ConfigurationError(.fileUnusable(setting: "\(setting)_file", path: path, reason: error.reason))
    }
  }

  private func output(of command: String, setting: String) throws(ConfigurationError) -> [UInt8] {
    let output: Subprocess.Output
    do {
      output = try inputs.runShell(command, .seconds(30))
    } catch {
      throw unavailable("\(setting)_command", error.reason)
    }
    guard output.status == .exited(0) else {
      throw unavailable("\(setting)_command", "the command \(output.status.words)\(output.lastWords)")
    }
    return output.stdout
  }

  private func unavailable(_ setting: String, _ reason: String) -> ConfigurationError {
    ConfigurationError(.secretUnavailable(setting: setting, reason: reason))
  }

  private static func withoutFinalNewline(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    guard bytes.last == UInt8(ascii: "\n") else { return bytes[...] }
    let line = bytes.dropLast()
    return line.last == UInt8(ascii: "\r") ? line.dropLast() : line
  }
}

extension Subprocess.Output {
  /// The last line that it wrote to standard error, after a colon; empty if there is none.
  fileprivate var lastWords: String {
    let lines = stderr.split(separator: UInt8(ascii: "\n")).compactMap { try? String(utf8: $0.prefix(200)) }
    return lines.last.map { ": \($0)" } ?? ""
  }
}

/// Resolves paths in a configuration.
package struct ConfigurationFolder {
  private let home: String?
  private let folder: String?

  package init(_ inputs: ConfigurationInputs, _ folder: String?) {
    home = inputs.variables["HOME"]
    self.folder = folder
  }

  /// `~/` is the home folder; other relative paths of a file start from the file's folder.
  package func path(_ written: String, from origin: Origin) -> String {
    if written.hasPrefix("~/"), let home { return home + written.dropFirst() }
    guard !written.hasPrefix("/"), let folder else { return written }
    switch origin {
    case .profile, .defaults, .topLevel: return "\(folder)/\(written)"
    case .option, .variable, .onlyProfile, .builtIn: return written
    }
  }
}
