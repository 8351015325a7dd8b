import TextFormats

extension JSONValue {
  private static let oddities: [JSONValue] = [
    nil, true, false, "", " ", "\u{0}\u{1B}[31m", .number("1e999"), .number("-0"), .number("1.5"),
    .number("123456789012345678901234567890"), "+15550100777", [], [[[]]], [nil], [:], ["to": ["to": []]],
  ]

  /// Every document that differs from this one in a single value, or has a member written twice.
  var mutations: [JSONValue] {
    switch self {
    case .object(let object):
      Self.oddities
        + object.members.indices.flatMap { index in
          let member = object.members[index]
          return member.value.mutations.flatMap { value in
            var replaced = object
            replaced.members[index].value = value
            var repeated = object
            repeated.members.append(JSONObject.Member(member.name, value))
            return [JSONValue.object(replaced), .object(repeated)]
          }
        }
    case .array(let elements):
      Self.oddities
        + elements.indices.flatMap { index in
          elements[index].mutations.map { value in
            var replaced = elements
            replaced[index] = value
            return .array(replaced)
          }
        }
    default: Self.oddities
    }
  }
}
