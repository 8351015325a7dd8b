/// The values on a command line. The declaration of an option or operand is the key to its value.
public struct Parsed: Sendable {
  /// All operands as they were given, in order.
  public internal(set) var operands: [String] = []
  /// How many operands precede `--`; nil if there is no `--`.
  public internal(set) var operandsBeforeTerminator: Int?
  private var values: [String: [any Sendable]] = [:]
  /// The name of each value, in the order of the line.
  private var order: [String] = []

  /// The given value, or the default.
  public subscript<Argument: DefaultedArgument>(argument: Argument) -> Argument.Value {
    argument.value(for: values[argument.key] ?? [])
  }

  /// The given value. Throws `missingOption` or `missingOperand` if there is none.
  public subscript<Argument: RequiredArgument>(argument: Argument) -> Argument.Value {
    get throws(UsageError) {
      guard let value = values[argument.key]?.last as? Argument.Value else { throw UsageError(argument.absence) }
      return value
    }
  }

  /// Whether the operand at an index follows `--`, and so must be taken literally.
  public func isLiteral(operand index: Int) -> Bool { operandsBeforeTerminator.map { $0 <= index } ?? false }

  /// Throws when more than one of these files is `-`: standard input can be read only once.
  public func allowOneStandardInput(_ files: (name: String, path: String?)...) throws(UsageError) {
    let given = files.filter { $0.path == "-" }
    guard given.count > 1 else { return }
    throw UsageError(Self.twoInputs(given[0].name, given[1].name))
  }

  static func twoInputs(_ one: String, _ other: String) -> String {
    "\(one) and \(other) can't both be read from standard input"
  }

  /// Whether an option was given.
  public func isGiven(_ option: any OptionDeclaration) -> Bool { has(option.spec.longName) }

  /// Whether `option` was given, and `other` wasn't given after it: of two alternatives, the last one wins.
  public func isLast(_ option: any OptionDeclaration, before other: any OptionDeclaration) -> Bool {
    let names = [option.spec.longName, other.spec.longName]
    return order.last(where: names.contains) == names[0]
  }

  /// Throws `UsageError.Problem.conflict` if more than one of these was given.
  public func allowOne(of options: any OptionDeclaration...) throws(UsageError) {
    let given = options.filter(isGiven)
    guard given.count > 1 else { return }
    throw UsageError(.conflict(given[0].spec.longName, given[1].spec.longName))
  }

  /// Throws `UsageError.Problem.needs` if `option` was given, but none of the others.
  public func require(
    _ option: any OptionDeclaration, with others: any OptionDeclaration...
  ) throws(UsageError) {
    guard isGiven(option), !others.contains(where: isGiven) else { return }
    throw UsageError(.needs(option.spec.longName, oneOf: others.map(\.spec.longName)))
  }

  /// Adds a value for an operand's name, or for an option's name with its dashes.
  mutating func add(_ value: any Sendable, to name: String) {
    values[name, default: []].append(value)
    order.append(name)
  }

  func has(_ name: String) -> Bool { values[name] != nil }
}
