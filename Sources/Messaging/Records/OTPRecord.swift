import TextFormats

/// A one-time password.
public struct OTPRecord: Hashable, Sendable {
  public var code: String?
  /// Whom it was sent to.
  public var to: String?
  /// Nil where it wasn't checked.
  public var isValid: Bool?
  /// The provider's words.
  public var message: String?
  /// The provider's own object, for `--raw`.
  public var raw: JSONValue?

  public init(code: String?) {
    self.code = code
  }
}
