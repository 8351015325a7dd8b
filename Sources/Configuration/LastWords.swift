import Messaging
import Platform
import TextFormats

extension Subprocess.Output {
  /// The most characters of a program's error output that an error quotes.
  private static var longest: Int { 200 }

  /// The last line that a command wrote to standard error; nil if there is none. Masks known secrets, the command's
  /// output, which may be one, and anything that looks like one.
  func lastWords(of command: String, hiding secrets: [String]) -> String? {
    let line = stderr.split(separator: UInt8(ascii: "\n")).compactMap { String(utf8: $0) }.last
    let printed = String(decoding: stdout, as: UTF8.self).split(whereSeparator: \.isWhitespace).map(String.init)
    let programs = command.split(whereSeparator: \.isWhitespace).compactMap { $0.split(separator: "/").last }
    let words = line?.masking(secrets + printed).hidingUserInformation.hidingCredentials(exceptAfter: Set(programs))
    return words.map { $0.count > Self.longest ? "\($0.prefix(Self.longest))…" : $0 }
  }
}

extension String {
  /// Masks the text after words that precede a secret: `PASSWORD=`, `key:`, `--token`, `Bearer`.
  ///
  /// Programs start their errors with their name and a colon, so `names` before a colon don't count.
  fileprivate func hidingCredentials(exceptAfter names: Set<Substring>) -> String {
    var rest = self[...]
    while let start = rest.firstIndex(where: \.isPartOfWord) {
      let word = rest[start...].prefix(while: \.isPartOfWord)
      rest = rest[word.endIndex...]
      let value = rest.drop { "\"']".contains($0) }.drop(while: \.isWhitespace)
      guard let sign = value.first, word.announcesSecret(before: sign, names) else { continue }
      let hidden = "=:".contains(sign) ? value.dropFirst() : value
      if hidden.allSatisfy(\.isWhitespace) { return self }
      return "\(self[..<hidden.startIndex])\(hidden.first?.isWhitespace == true ? " " : "")\(SecretMask.mask)"
    }
    return self
  }
}

extension Substring {
  fileprivate func announcesSecret(before sign: Character, _ names: Set<Substring>) -> Bool {
    let isTelling = ConfigurationWord.isSecret(self) || lowercased().contains("authorization")
    switch sign {
    case "=": return isTelling || allSatisfy { $0.isUppercase || $0.isNumber || $0 == "_" }
    case ":": return isTelling && !names.contains(self)
    default: return isTelling && hasPrefix("-") || ["bearer", "basic"].contains(lowercased())
    }
  }
}

extension Character {
  fileprivate var isPartOfWord: Bool { isLetter || isNumber || self == "_" || self == "-" }
}
