/// A dotted key: the tables on the way, none for most keys, and the last part.
struct TOMLKeyPath {
  var parents: [TOMLKey]
  var last: TOMLKey
}

extension TOMLParser {
  /// A key, dotted or not, and the blanks around it.
  mutating func keyPath() throws(TOMLError) -> TOMLKeyPath {
    var path = TOMLKeyPath(parents: [], last: try key())
    while take(".") {
      path.parents.append(path.last)
      path.last = try key()
    }
    return path
  }

  private mutating func key() throws(TOMLError) -> TOMLKey {
    skipBlanks()
    let position = position()
    let key = TOMLKey(name: try name(), position: position)
    skipBlanks()
    return key
  }

  private mutating func name() throws(TOMLError) -> String {
    switch next {
    case "\"": return try singleLineString(quote: "\"")
    case "'": return try singleLineString(quote: "'")
    default:
      let name = take(while: \.isTOMLBareKey)
      guard !name.isEmpty else { throw mismatch(.expectedKey) }
      return String(decoding: name, as: UTF8.self)
    }
  }
}

extension UInt8 {
  fileprivate var isTOMLBareKey: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
    default: false
    }
  }
}
