import TextFormats

extension JSONValue {
  /// A truth value, or null.
  package static func optional(_ flag: Bool?) -> JSONValue {
    flag.map(JSONValue.bool) ?? .null
  }
}
