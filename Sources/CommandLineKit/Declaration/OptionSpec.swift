/// What declares an option, whatever the type of its values.
public protocol OptionDeclaration: Sendable {
  /// What is known of it without its type.
  var spec: OptionSpec { get }
}

/// All that is known of an option, without the type of its values.
public struct OptionSpec: Sendable {
  /// The long name without dashes.
  public var name: String
  /// The letter that stands for it behind one dash.
  public var short: Unicode.Scalar?
  /// Nil for a flag.
  public var value: ValueSpec?
  /// Whether each time it is given adds a value; else the last wins.
  public var isRepeated = false
  /// Whether the command cannot do without it.
  public var isRequired = false
  /// What holds when it is not given.
  public var `default`: String?
  /// The environment variable that stands in for it.
  public var variable: String?
  /// The heading it is listed under; nil for the common one.
  public var group: String?
  /// Works, but is not in help nor completions.
  public var isHidden = false
  /// What it does, as a sentence.
  public var help: String

  /// The name as it is typed, such as `--from`.
  public var longName: String { "--\(name)" }
  /// The short name as it is typed, such as `-f`.
  public var shortName: String? { short.map { "-\($0)" } }
}

/// How a value is read, without its type.
public struct ValueSpec: Sendable {
  /// What stands for the value in help.
  public var placeholder: String
  /// What a shell offers in its place.
  public var completion: Completion
  var parse: @Sendable (String) throws(ValueProblem) -> any Sendable

  init<Value>(_ kind: ValueKind<Value>) {
    let parse = kind.parse
    placeholder = kind.placeholder
    completion = kind.completion
    self.parse = { (text) throws(ValueProblem) in try parse(text) }
  }
}
