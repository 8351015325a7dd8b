/// Why a command line cannot be followed.
public struct UsageError: Error, Hashable, Sendable {
  /// What is wrong. Options are named as they are typed, with dashes.
  public enum Problem: Hashable, Sendable {
    /// The suggestion is the whole command: `["sms", "contacts", "add"]`.
    case unknownCommand(String, suggestion: [String]?)
    case unknownOption(String, suggestion: OptionSuggestion?)
    /// A command that only gathers others, without one of them.
    case missingCommand
    /// An option at the end of the line that takes a value.
    case missingValue(String, placeholder: String)
    /// A flag with a value: `--quiet=yes`.
    case unexpectedValue(String, value: String)
    /// `argument` is the option or the operand.
    case invalidValue(String, argument: String, ValueProblem)
    case missingOperand(String)
    case missingOption(String)
    case unexpectedOperand(String, isFirst: Bool = false)
    /// `--=x`, as it was typed.
    case unnamedOption(String)
    /// Two options that exclude each other.
    case conflict(String, String)
    /// An option that makes sense only with one of the others.
    case needs(String, oneOf: [String])
    /// What only a command itself can tell, in its words: a message such as `conflicting times`.
    case other(String, hint: String? = nil)
  }

  /// What may have been meant by an option that is not known.
  public enum OptionSuggestion: Hashable, Sendable {
    case option(String)
    /// It exists, but these commands have it (each a whole command, the program's name first).
    case commands([[String]])
    /// It looks like an operand that starts with a dash, which `--` has to precede.
    case operand
  }

  /// What is wrong.
  public var problem: Problem
  /// The command as far as it was recognised, the program's name first; empty until the parser adds it.
  public var path: [String]

  /// An error as data; `make` closures leave the path to the parser.
  public init(_ problem: Problem, at path: [String] = []) {
    self.problem = problem
    self.path = path
  }

  /// An error in a command's own words.
  public init(_ message: String, hint: String? = nil) {
    self.init(.other(message, hint: hint))
  }
}
