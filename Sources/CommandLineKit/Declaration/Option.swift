/// A single-valued option: the declaration, and the key to what was given. Given twice, the last wins.
public struct Option<Value: Sendable>: OptionDeclaration {
  /// What is known of it without its type.
  public let spec: OptionSpec

  /// - Parameters:
  ///   - name: The long name without dashes.
  ///   - default: What holds when it is not given; shown in help only.
  ///   - variable: The environment variable that stands in for it; shown in help only.
  ///   - group: The heading it is listed under; nil for the common one.
  public init(
    _ name: String, short: Unicode.Scalar? = nil, value: ValueKind<Value>, default: String? = nil,
    variable: String? = nil, group: String? = nil, isHidden: Bool = false, help: String
  ) {
    spec = OptionSpec(
      name: name, short: short, value: ValueSpec(value), default: `default`, variable: variable, group: group,
      isHidden: isHidden, help: help)
  }
}

/// A single-valued option that the command cannot do without.
public struct RequiredOption<Value: Sendable>: OptionDeclaration {
  /// What is known of it without its type.
  public let spec: OptionSpec

  /// - Parameters:
  ///   - name: The long name without dashes.
  ///   - group: The heading it is listed under; nil for the common one.
  public init(
    _ name: String, short: Unicode.Scalar? = nil, value: ValueKind<Value>, group: String? = nil, help: String
  ) {
    spec = OptionSpec(
      name: name, short: short, value: ValueSpec(value), isRequired: true, group: group, help: help)
  }
}

/// An option that accumulates: each time it is given adds a value.
public struct RepeatedOption<Value: Sendable>: OptionDeclaration {
  /// What is known of it without its type.
  public let spec: OptionSpec

  /// - Parameters:
  ///   - name: The long name without dashes.
  ///   - default: What holds when it is not given; shown in help only.
  ///   - variable: The environment variable that stands in for it; shown in help only.
  ///   - group: The heading it is listed under; nil for the common one.
  public init(
    _ name: String, short: Unicode.Scalar? = nil, value: ValueKind<Value>, default: String? = nil,
    variable: String? = nil, group: String? = nil, isHidden: Bool = false, help: String
  ) {
    spec = OptionSpec(
      name: name, short: short, value: ValueSpec(value), isRepeated: true, default: `default`, variable: variable,
      group: group, isHidden: isHidden, help: help)
  }
}

/// An option without a value: given or not.
public struct Flag: OptionDeclaration {
  /// What is known of it without its type.
  public let spec: OptionSpec

  /// - Parameters:
  ///   - name: The long name without dashes.
  ///   - variable: The environment variable that stands in for it; shown in help only.
  ///   - group: The heading it is listed under; nil for the common one.
  public init(
    _ name: String, short: Unicode.Scalar? = nil, variable: String? = nil, group: String? = nil,
    isHidden: Bool = false, help: String
  ) {
    spec = OptionSpec(name: name, short: short, variable: variable, group: group, isHidden: isHidden, help: help)
  }
}
