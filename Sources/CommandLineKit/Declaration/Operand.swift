/// What declares an operand, whatever the type of its values.
public protocol OperandDeclaration: Sendable {
  var spec: OperandSpec { get }
}

/// All that is known of an operand, without the type of its values.
public struct OperandSpec: Sendable {
  /// How many arguments it stands for.
  public enum Arity: Hashable, Sendable {
    case required, optional
    /// All that are left, and at least so many.
    case repeated(atLeast: Int)

    var least: Int {
      switch self {
      case .required: 1
      case .optional: 0
      case .repeated(let minimum): minimum
      }
    }

    var most: Int {
      switch self {
      case .required, .optional: 1
      case .repeated: Int.max
      }
    }
  }

  /// In capitals, such as `TO`.
  public var name: String
  public var value: ValueSpec
  public var arity: Arity
  public var help: String
}

/// An operand that must be given.
public struct Operand<Value: Sendable>: OperandDeclaration {
  public let spec: OperandSpec

  public init(_ name: String, value: ValueKind<Value> = .string, help: String) {
    spec = OperandSpec(name: name, value: ValueSpec(value), arity: .required, help: help)
  }
}

/// An operand that may be left out.
public struct OptionalOperand<Value: Sendable>: OperandDeclaration {
  public let spec: OperandSpec

  public init(_ name: String, value: ValueKind<Value> = .string, help: String) {
    spec = OperandSpec(name: name, value: ValueSpec(value), arity: .optional, help: help)
  }
}

/// The last operand of a command, which takes all arguments that are left.
public struct RepeatedOperand<Value: Sendable>: OperandDeclaration {
  public let spec: OperandSpec

  public init(_ name: String, value: ValueKind<Value> = .string, atLeast minimum: Int = 0, help: String) {
    spec = OperandSpec(name: name, value: ValueSpec(value), arity: .repeated(atLeast: minimum), help: help)
  }
}
