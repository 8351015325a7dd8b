/// The declaration of an operand, regardless of its value's type.
public protocol OperandDeclaration: Sendable {
  /// Everything about it except its type.
  var spec: OperandSpec { get }
}

extension OperandDeclaration {
  /// The name in capitals.
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
