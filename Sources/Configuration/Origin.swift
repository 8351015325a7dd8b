import TextFormats

/// Where a setting's value comes from.
package enum Origin: Hashable, Sendable {
  case option(String)
  case variable(String)
  case profile(String, TextPosition)
  case defaults(TextPosition)
  /// A key above all tables of the file.
  case topLevel(String, TextPosition)
  /// Nothing else to choose from.
  case onlyProfile
  case builtIn

  /// As `config show` prints it, such as `profile office, line 9`.
  package var text: String {
    switch self {
    case .option(let name): "option \(name)"
    case .variable(let name): "variable \(name)"
    case .profile(let name, let position): "profile \(name), line \(position.line)"
    case .defaults(let position): "[defaults], line \(position.line)"
    case .topLevel(let name, let position): "\(name), line \(position.line)"
    case .onlyProfile: "the only profile"
    case .builtIn: "built-in"
    }
  }
}
