import Application
import Configuration
import Messaging
import Platform
import TextFormats

/// Reads a message's text from an argument or from standard input.
struct MessageInput {
  /// More than any provider accepts; an endless pipe must not fill the memory.
  private static let limit = 1 << 20

  let context: Context

  /// The text of the operand MESSAGE; `-` and nil stand for standard input.
  ///
  /// Throws if it consists only of phone numbers, unless it follows `--`: that is a mistake, because they would be
  /// sent as a text to the first number.
  func text(operand: String?, isLiteral: Bool, _ settings: Settings) throws -> String {
    guard let operand, operand != "-" else {
      return try text(ofBytes: try standardInput(argument: "MESSAGE", expected: "the message"), at: .standardInput)
    }
    guard isLiteral || !operand.isPhoneNumbers(context.numberRules(settings)) else {
      throw InputError(.messageIsNumber(operand), at: .argument("MESSAGE"))
    }
    noteFile(named: operand)
    return try checked(operand, at: .argument("MESSAGE"))
  }

  private func noteFile(named text: String) {
    guard text.utf8.count < 256, !text.utf8.contains(0), context.environment.files.status(text)?.kind == .file else {
      return
    }
    context.note(Notes.textNamesFile(text))
  }

  /// The text of a file or a pipe. A byte order mark at its start, CR before LF, and one line break at its end are not
  /// part of it.
  func text(ofBytes bytes: [UInt8], at place: InputError.Place) throws -> String {
    guard bytes.count <= Self.limit else {
      throw InputError(.tooLarge(limit: Self.limit), at: place)
    }
    guard let text = String(utf8: bytes) else {
      throw InputError(.messageNotUTF8(at: bytes.offsetOfInvalidUTF8() ?? 0), at: place)
    }
    return try checked(text.asTyped, at: place)
  }

  /// The text, already known to be UTF-8. Throws if it is empty or blank.
  func checked(_ text: String, at place: InputError.Place) throws -> String {
    if let objection = MessageText.objection(to: text) { throw InputError(.messageText(objection), at: place) }
    return text
  }

  /// The text of a file, or of standard input for `-`.
  func text(ofFile path: String) throws -> String {
    let bytes = try bytes(ofFile: path, argument: "--message-file", expected: "the message")
    return try text(ofBytes: bytes, at: path == "-" ? .standardInput : .file(path))
  }

  /// All bytes of a file, or of standard input if the path is `-` or nil.
  func bytes(
    ofFile path: String?, argument name: String, expected: String
  ) throws -> [UInt8] {
    guard let path, path != "-" else { return try standardInput(argument: name, expected: expected) }
    do {
      return try context.environment.files.read(path, Self.limit)
    } catch {
      throw InputError(.missingFile(error), at: .file(path))
    }
  }

  private func standardInput(argument name: String, expected: String) throws -> [UInt8] {
    guard !context.environment.terminal.inputIsTerminal else {
      throw InputError(
        name == "MESSAGE" ? .textMissing : .inputIsTerminal(expected: expected), at: .argument(name))
    }
    var bytes: [UInt8] = []
    while bytes.count <= Self.limit,
      let piece = try context.environment.streams.readInput()
    {
      bytes += piece
    }
    return bytes
  }
}

extension String {
  /// The fewest digits that look like a phone number: fewer may be a code or an amount.
  private static let fewestDigits = 7

  /// Whether this consists only of one or more phone numbers.
  fileprivate func isPhoneNumbers(_ rules: NumberRules) -> Bool {
    func areNumbers(_ parts: [Substring]) -> Bool {
      !parts.isEmpty
        && parts.allSatisfy { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ").isPhoneNumber(rules) }
    }
    // Numbers may contain spaces, or be separated by nothing but spaces.
    return areNumbers(split(whereSeparator: \.separatesNumbers))
      || areNumbers(split { $0.isWhitespace || $0.separatesNumbers })
  }

  /// Whether this consists only of a phone number.
  fileprivate func isPhoneNumber(_ rules: NumberRules) -> Bool {
    let digits = utf8.count { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    guard digits >= Self.fewestDigits else { return false }
    return isPunctuatedNumber || (try? PhoneNumber(parsing: self, by: rules)) != nil
  }

  /// Whether it has the punctuation of a phone number: `(555) 010-0002`.
  private var isPunctuatedNumber: Bool {
    let digits: ClosedRange<Character> = "0"..."9"
    return contains { "(+".contains($0) } && allSatisfy { digits.contains($0) || "()-+./ ".contains($0) }
  }

  /// Without what editors and other systems put into files: a byte order mark at the start, CR before LF, and one line
  /// break at the end.
  fileprivate var asTyped: String {
    var scalars = unicodeScalars[...]
    if scalars.first == "\u{FEFF}" { scalars = scalars.dropFirst() }
    var text = String.UnicodeScalarView()
    for scalar in scalars {
      if scalar == "\n", text.last == "\r" { text.removeLast() }
      text.append(scalar)
    }
    if text.last == "\n" { text.removeLast() }
    return String(text)
  }
}

extension Character {
  fileprivate var separatesNumbers: Bool { isNewline || ",;|&".contains(self) }
}

extension InputError.Problem {
  static func tooLarge(limit: Int) -> Self {
    Self("longer than \(limit >> 10) KB", hint: "shorten it, or send it in parts")
  }

  static let textMissing = Self(
    "missing, and standard input is a terminal", hint: "write the text in quotes after the recipient, or pipe it in")

  static func messageText(_ objection: String) -> Self {
    Self(objection, hint: "write the text in quotes, or pipe it in")
  }

  static func messageNotUTF8(at offset: Int) -> Self {
    Self("the message isn't valid UTF-8 (byte \(offset))", hint: "convert it: iconv -f windows-1252 -t UTF-8")
  }

  static func messageIsNumber(_ text: String) -> Self {
    Self(
      "the text is just \(text.contains(where: \.separatesNumbers) ? "phone numbers" : "a phone number"): '\(text)'",
      hint:
        "separate numbers with commas, or put -- before the text to send it anyway")
  }
}

extension Notes {
  /// The text is also the name of a file.
  static func textNamesFile(_ text: String) -> String {
    "warning: sending the text '\(text)', not the file; to send the file: sms send NUMBER - < \(text.shellQuoted)"
  }
}
