/// What was given on a command line; the declaration of an option or operand is the key to it.
public struct Parsed: Sendable {
  /// All operands as they were typed, in order.
  public internal(set) var operands: [String] = []
  private var values: [String: [any Sendable]] = [:]

  /// The value given last.
  public subscript<Value>(option: Option<Value>) -> Value? {
    values[option.spec.longName]?.last as? Value
  }

  /// The value given last; throws `UsageError.Problem.missingOption` when there is none.
  public subscript<Value>(option: RequiredOption<Value>) -> Value {
    get throws(UsageError) {
      guard let value = values[option.spec.longName]?.last as? Value else {
        throw UsageError(.missingOption(option.spec.longName))
      }
      return value
    }
  }

  /// All values, in the order in which they were given.
  public subscript<Value>(option: RepeatedOption<Value>) -> [Value] {
    values[option.spec.longName]?.compactMap { $0 as? Value } ?? []
  }

  /// Whether it was given.
  public subscript(flag: Flag) -> Bool {
    values[flag.spec.longName] != nil
  }

  /// The value; throws `UsageError.Problem.missingOperand` when there is none.
  public subscript<Value>(operand: Operand<Value>) -> Value {
    get throws(UsageError) {
      guard let value = values[operand.spec.name]?.last as? Value else {
        throw UsageError(.missingOperand(operand.spec.name))
      }
      return value
    }
  }

  /// The value, if there is one.
  public subscript<Value>(operand: OptionalOperand<Value>) -> Value? {
    values[operand.spec.name]?.last as? Value
  }

  /// All values, in the order in which they were given.
  public subscript<Value>(operand: RepeatedOperand<Value>) -> [Value] {
    values[operand.spec.name]?.compactMap { $0 as? Value } ?? []
  }

  /// Whether an option of any kind was given.
  public func isGiven(_ option: any OptionDeclaration) -> Bool {
    values[option.spec.longName] != nil
  }

  /// Throws `UsageError.Problem.conflict` when more than one of these was given.
  public func allowOne(of options: any OptionDeclaration...) throws(UsageError) {
    let given = options.filter(isGiven)
    guard given.count > 1 else { return }
    throw UsageError(.conflict(given[0].spec.longName, given[1].spec.longName))
  }

  /// Throws `UsageError.Problem.needs` when the first was given and none of the others.
  public func require(
    _ option: any OptionDeclaration, with others: any OptionDeclaration...
  ) throws(UsageError) {
    guard isGiven(option), !others.contains(where: isGiven) else { return }
    throw UsageError(.needs(option.spec.longName, oneOf: others.map(\.spec.longName)))
  }

  /// Adds a value under the name of an operand, or of an option with its dashes.
  mutating func add(_ value: any Sendable, to name: String) {
    values[name, default: []].append(value)
  }

  func has(_ name: String) -> Bool {
    values[name] != nil
  }
}
