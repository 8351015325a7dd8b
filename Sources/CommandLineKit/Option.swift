/// The declaration of an option, whatever the type of its value.
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
  /// The name it is typed by, such as `--from` or `TO`.
  var key: String { get }
  /// The value for what was given, in order; for nothing, the default.
  func value(for given: [any Sendable]) -> Value
}

/// An option with one value. Given twice, the last one wins.
public struct Option<Value: Sendable>: OptionDeclaration, DefaultedArgument {
  public let spec: OptionSpec
  let `default`: Value

  /// An option whose value is `default` unless it is given; help shows that value.
  ///
  /// - Parameters:
  ///   - name: The long name, without dashes.
  ///   - variable: The environment variable with the same effect; only shown in help.
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
  ///   - fallback: What help shows as the default, where something else decides: a setting, or another option.
  ///   - variable: The environment variable with the same effect; only shown in help.
  ///   - group: The heading in help; nil for the common one.
  ///   - guidesCompletion: Whether completion scripts pass it on to the program when they ask it for values.
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

/// An option with one value that the command can't do without.
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
  ///   - variable: The environment variable with the same effect; only shown in help.
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
  ///   - variable: The environment variable with the same effect; only shown in help.
  ///   - group: The heading in help; nil for the common one.
  public init(
    _ name: String, short: Unicode.Scalar? = nil, variable: String? = nil, group: String? = nil,
    isHidden: Bool = false, help: String
  ) {
    spec = OptionSpec(name: name, short: short, variable: variable, group: group, isHidden: isHidden, help: help)
  }

  public func value(for given: [any Sendable]) -> Bool { !given.isEmpty }
}

/// An option without a value that says more when it is given more often, such as `-qq`.
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
  /// The letter that stands for it after one dash.
  public var short: Unicode.Scalar?
  /// Nil for a flag.
  public var value: ValueSpec?
  /// Whether each time it is given adds a value; otherwise the last one wins.
  public var isRepeated = false
  /// Whether the command can't do without it.
  public var isRequired = false
  var describeDefault: @Sendable () -> String? = { nil }
  /// The environment variable with the same effect.
  public var variable: String?
  /// The heading in help; nil for the common one.
  public var group: String?
  /// Works, but help and completions don't show it.
  public var isHidden = false
  /// Whether completion scripts pass it on to the program when they ask it for values.
  public var guidesCompletion = false
  /// What it does: the first sentence is all that the short help shows.
  public var help: String

  /// What holds when it is not given, as it would be typed.
  public var `default`: String? { describeDefault() }
  /// The name as it is typed, such as `--from`.
  public var longName: String { "--\(name)" }
  /// The short name as it is typed, such as `-f`.
  public var shortName: String? { short.map { "-\($0)" } }
  /// Its names as they are typed, the long one first.
  var typedNames: [String] { [longName] + (shortName.map { [$0] } ?? []) }
}

extension [OptionSpec] {
  var visible: [OptionSpec] { filter { !$0.isHidden } }
}

/// How a value is read, without its type.
public struct ValueSpec: Sendable {
  /// What stands for the value in help.
  public var placeholder: String
  /// What a shell offers in its place.
  public var completion: Completion
  /// Whether several can be joined by commas.
  public var isList: Bool
  var parse: @Sendable (String) throws(ValueProblem) -> any Sendable

  /// The words that it can be; nil where it can be more than a few.
  public var choices: [String]? { if case .choices(let words) = completion { words } else { nil } }

  init<Value>(_ kind: ValueKind<Value>) {
    let parse = kind.parse
    isList = kind.isList
    placeholder = kind.placeholder
    completion = kind.completion
    self.parse = { (text) throws(ValueProblem) in try parse(text) }
  }
}
