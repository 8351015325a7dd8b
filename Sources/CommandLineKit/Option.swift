/// The declaration of an option, regardless of its value's type.
public protocol OptionDeclaration: Sendable {
  /// Everything about it except its type.
  var spec: OptionSpec { get }
}

extension OptionDeclaration {
  /// The long name with its dashes.
  public var key: String { spec.longName }
}

/// A declaration that always has a value in `Parsed`: what was given, or else its default.
public protocol DefaultedArgument: Sendable {
  associatedtype Value
  /// The name on the command line, such as `--from` or `TO`.
  var key: String { get }
  /// The value for what was given, in order; the default if nothing was given.
  func value(for given: [any Sendable]) -> Value
}

/// An option with one value. If it is given more than once, the last value wins.
public struct Option<Value: Sendable>: OptionDeclaration, DefaultedArgument {
  public let spec: OptionSpec
  let `default`: Value

  /// An option with a default value, which help shows.
  ///
  /// - Parameters:
  ///   - name: The long name, without dashes.
  ///   - variable: The environment variable with the same effect; only for help.
  ///   - group: The heading in help; nil for the common one.
  public init(
    _ name: String, short: Unicode.Scalar? = nil, value: ValueKind<Value>, default: Value, variable: String? = nil,
    group: String? = nil, isHidden: Bool = false, help: String
  ) {
    self.default = `default`
    spec = OptionSpec(
      name: name, short: short, value: ValueSpec(value), describeDefault: { value.describe(`default`) },
      variable: variable, group: group, isHidden: isHidden, help: help)
  }

  /// An option whose value is nil unless it is given.
  ///
  /// - Parameters:
  ///   - name: The long name, without dashes.
  ///   - fallback: What help shows as the default, if a setting or another option determines it.
  ///   - variable: The environment variable with the same effect; only for help.
  ///   - group: The heading in help; nil for the common one.
  ///   - guidesCompletion: Whether completion scripts pass it to the program when they ask for values.
  public init<Given: Sendable>(
    _ name: String, short: Unicode.Scalar? = nil, value: ValueKind<Given>,
    fallback: @escaping @autoclosure @Sendable () -> String? = nil, variable: String? = nil, group: String? = nil,
    isHidden: Bool = false, guidesCompletion: Bool = false, help: String
  ) where Value == Given? {
    self.default = nil
    spec = OptionSpec(
      name: name, short: short, value: ValueSpec(value), describeDefault: fallback, variable: variable, group: group,
      isHidden: isHidden, guidesCompletion: guidesCompletion, help: help)
  }

  public func value(for given: [any Sendable]) -> Value { given.last as? Value ?? `default` }
}

/// An option with one value that must be given.
public struct RequiredOption<Value: Sendable>: OptionDeclaration, RequiredArgument {
  public let spec: OptionSpec

  /// - Parameters:
  ///   - name: The long name, without dashes.
  ///   - group: The heading in help; nil for the common one.
  public init(
    _ name: String, short: Unicode.Scalar? = nil, value: ValueKind<Value>, group: String? = nil, help: String
  ) {
    spec = OptionSpec(
      name: name, short: short, value: ValueSpec(value), isRequired: true, group: group, help: help)
  }

  public var absence: UsageError.Problem { .missingOption(key) }
}

/// An option that can be given several times; each time adds a value.
public struct RepeatedOption<Value: Sendable>: OptionDeclaration, DefaultedArgument {
  public let spec: OptionSpec

  /// - Parameters:
  ///   - name: The long name, without dashes.
  ///   - variable: The environment variable with the same effect; only for help.
  ///   - group: The heading in help; nil for the common one.
  public init(
    _ name: String, short: Unicode.Scalar? = nil, value: ValueKind<Value>, variable: String? = nil,
    group: String? = nil, isHidden: Bool = false, help: String
  ) {
    spec = OptionSpec(
      name: name, short: short, value: ValueSpec(value), isRepeated: true, variable: variable, group: group,
      isHidden: isHidden, help: help)
  }

  public func value(for given: [any Sendable]) -> [Value] { given.compactMap { $0 as? Value } }
}

/// An option without a value: given or not.
public struct Flag: OptionDeclaration, DefaultedArgument {
  public let spec: OptionSpec

  /// - Parameters:
  ///   - name: The long name, without dashes.
  ///   - variable: The environment variable with the same effect; only for help.
  ///   - group: The heading in help; nil for the common one.
  public init(
    _ name: String, short: Unicode.Scalar? = nil, variable: String? = nil, group: String? = nil,
    isHidden: Bool = false, help: String
  ) {
    spec = OptionSpec(name: name, short: short, variable: variable, group: group, isHidden: isHidden, help: help)
  }

  public func value(for given: [any Sendable]) -> Bool { !given.isEmpty }
}

/// An option without a value whose effect depends on how often it is given, such as `-qq`.
public struct CountedFlag: OptionDeclaration, DefaultedArgument {
  public let spec: OptionSpec

  public init(_ name: String, short: Unicode.Scalar? = nil, group: String? = nil, help: String) {
    spec = OptionSpec(name: name, short: short, isRepeated: true, group: group, help: help)
  }

  /// How often it was given.
  public func value(for given: [any Sendable]) -> Int { given.count }
}

/// Everything about an option except the type of its value.
public struct OptionSpec: Sendable {
  /// The long name, without dashes.
  public var name: String
  /// The letter for its short form, which takes one dash.
  public var short: Unicode.Scalar?
  /// Nil for a flag.
  public var value: ValueSpec?
  /// Whether each occurrence adds a value; otherwise, the last one wins.
  public var isRepeated = false
  /// Whether it must be given.
  public var isRequired = false
  var describeDefault: @Sendable () -> String? = { nil }
  /// The environment variable with the same effect.
  public var variable: String?
  /// The heading in help; nil for the common one.
  public var group: String?
  /// Whether it works, but isn't shown by help and completions.
  public var isHidden = false
  /// Whether completion scripts pass it on to the program when they ask it for values.
  public var guidesCompletion = false
  /// What it does. The short help shows only the first sentence.
  public var help: String

  /// The default, as it would be given on the command line.
  public var `default`: String? { describeDefault() }
  /// The name with dashes, such as `--from`.
  public var longName: String { "--\(name)" }
  /// The short name with its dash, such as `-f`.
  public var shortName: String? { short.map { "-\($0)" } }
  /// Its names with dashes, the long one first.
  var typedNames: [String] { [longName] + (shortName.map { [$0] } ?? []) }
}

extension [OptionSpec] {
  var visible: [OptionSpec] { filter { !$0.isHidden } }
}

/// How a value is read, without its type.
public struct ValueSpec: Sendable {
  /// The placeholder for the value in help.
  public var placeholder: String
  /// What shells offer for completion.
  public var completion: Completion
  /// Whether it can be several values, separated by commas.
  public var isList: Bool
  var parse: @Sendable (String) throws(ValueProblem) -> any Sendable

  /// The valid words; nil if they can't be listed.
  public var choices: [String]? { if case .choices(let words) = completion { words } else { nil } }

  init<Value>(_ kind: ValueKind<Value>) {
    let parse = kind.parse
    isList = kind.isList
    placeholder = kind.placeholder
    completion = kind.completion
    self.parse = { (text) throws(ValueProblem) in try parse(text) }
  }
}

/// The declaration of an operand, regardless of its value's type.
public protocol OperandDeclaration: Sendable {
  /// Everything about it except its type.
  var spec: OperandSpec { get }
}

extension OperandDeclaration {
  /// The name in capital letters, such as `TO`.
  public var key: String { spec.name }
}

/// A declaration whose value must be given.
public protocol RequiredArgument: Sendable {
  associatedtype Value
  /// The name on the command line, such as `--list` or `TO`.
  var key: String { get }
  /// The problem if it wasn't given.
  var absence: UsageError.Problem { get }
}

/// An operand that must be given.
public struct Operand<Value: Sendable>: OperandDeclaration, RequiredArgument {
  public let spec: OperandSpec

  /// An operand with an uppercase name.
  public init(_ name: String, value: ValueKind<Value> = .string, help: String) {
    spec = OperandSpec(name: name, value: ValueSpec(value), arity: 1...1, help: help)
  }

  public var absence: UsageError.Problem { .missingOperand(key) }
}

/// An optional operand.
public struct OptionalOperand<Value: Sendable>: OperandDeclaration, DefaultedArgument {
  public let spec: OperandSpec

  /// An operand with an uppercase name.
  public init(_ name: String, value: ValueKind<Value> = .string, help: String) {
    spec = OperandSpec(name: name, value: ValueSpec(value), arity: 0...1, help: help)
  }

  public func value(for given: [any Sendable]) -> Value? { given.last as? Value }
}

/// The last operand of a command, which takes all remaining arguments.
public struct RepeatedOperand<Value: Sendable>: OperandDeclaration, DefaultedArgument {
  public let spec: OperandSpec

  /// An operand with an uppercase name, which takes at least `minimum` arguments.
  public init(_ name: String, value: ValueKind<Value> = .string, atLeast minimum: Int = 0, help: String) {
    spec = OperandSpec(name: name, value: ValueSpec(value), arity: minimum...Int.max, help: help)
  }

  public func value(for given: [any Sendable]) -> [Value] { given.compactMap { $0 as? Value } }
}

/// Everything about an operand except the type of its value.
public struct OperandSpec: Sendable {
  /// In uppercase, such as `TO`.
  public var name: String
  /// How each argument is read.
  public var value: ValueSpec
  /// How many arguments it takes.
  public var arity: ClosedRange<Int>
  /// What it is, as a sentence.
  public var help: String

  /// Whether it must be given.
  public var isRequired: Bool { arity.lowerBound > 0 }
  /// Whether it takes all remaining arguments.
  public var isRepeated: Bool { arity.upperBound > 1 }
}
