/// Rows of vCards (4.0: RFC 6350, 3.0: RFC 2426, and 2.1): number, name and email address of each card.
///
/// Of several numbers, the preferred mobile number is used, otherwise the preferred other one; in a stop list, all of
/// them. A card without a number is a row without one.
struct VCardRowParser: RowParser {
  let columns: ColumnSet? = ColumnSet(names: ["to", "name", "email"])
  private var lines = LineReader(skipsBlank: false)
  /// The line that may continue: a line starting with a space or tab belongs to the one before.
  private var pending: (text: String, position: TextPosition)?
  private var card: VCard?
  private var rows = 0
  private let takesAllNumbers: Bool

  init(_ options: RowOptions) {
    takesAllNumbers = options.isStopList
  }

  mutating func append(_ piece: some Collection<UInt8>) {
    lines.append(piece)
  }

  mutating func finish() {
    lines.finish()
  }

  mutating func next() throws(RowError) -> Row? {
    while let line = try lines.next() {
      guard let text = String(validating: line.text, as: UTF8.self) else {
        if let row = try take(nil) { return row }
        guard card != nil else { continue }
        throw notUTF8(line)
      }
      if let first = text.unicodeScalars.first, first == " " || first == "\t", pending != nil {
        pending?.text += text.dropFirst()
      } else if let open = pending, VCardProperty.goesOn(after: open.text) {
        pending?.text = open.text.dropLast() + text
      } else if let row = try take((text, line.position)) {
        return row
      }
    }
    guard lines.isAtEnd else { return nil }
    if let row = try take(nil) { return row }
    if let card { throw unusable(card, .unterminatedCard) }
    return nil
  }

  /// The error for an unusable card; the rest of the card is skipped.
  private mutating func unusable(_ card: VCard, _ reason: RowError.Reason) -> RowError {
    self.card = nil
    rows += 1
    return RowError(reason, row: rows, position: card.position)
  }

  private mutating func notUTF8(_ line: LineReader.Line) -> RowError {
    card = nil
    rows += 1
    let valid = line.text.offsetOfInvalidUTF8() ?? 0
    return RowError(
      .invalidUTF8(offset: line.offset + valid, field: Array(line.text)), row: rows, position: line.position)
  }

  /// Takes the next line, and handles the previous one, which is now complete; returns the row of a card that it ends.
  private mutating func take(_ next: (text: String, position: TextPosition)?) throws(RowError) -> Row? {
    defer { pending = next }
    guard let (text, position) = pending, let property = VCardProperty(text) else { return nil }
    switch (property.name, property.value.uppercased()) {
    case ("BEGIN", "VCARD"):
      defer { card = VCard(position: position) }
      if let card { throw unusable(card, .unterminatedCard) }
    case ("END", "VCARD"):
      guard let card else { return nil }
      self.card = nil
      return row(card)
    default:
      if property.hasUnreadableText, let card { throw unusable(card, .unreadableProperty(property.name)) }
      card?.add(property)
    }
    return nil
  }

  private mutating func row(_ card: VCard) -> Row {
    rows += 1
    let numbers = takesAllNumbers ? card.allNumbers.joined(separator: "\n") : card.number
    let fields = [numbers, card.name, card.email].map { Row.Field.text($0 ?? "") }
    return Row(number: rows, position: card.position, columns: columns ?? .to, fields: fields)
  }
}

extension LineReader.Line {
  /// The bytes without a trailing CR.
  fileprivate var text: ArraySlice<UInt8> { bytes.last == 0x0D ? bytes.dropLast() : bytes[...] }
}

/// The relevant content of a card.
private struct VCard {
  var position: TextPosition
  /// The formatted name, otherwise the one made from its parts.
  var name: String? { formattedName ?? partedName }
  private(set) var email: String?
  /// Including those of fax machines.
  var allNumbers: [String] { numbers.map(\.text) }
  private var numbers: [(text: String, isMobile: Bool, isFax: Bool, preference: Int)] = []
  private var formattedName: String?
  private var partedName: String?

  init(position: TextPosition) {
    self.position = position
  }

  /// The first of equally preferred numbers.
  var number: String? {
    let mobile = numbers.filter(\.isMobile)
    let usable = mobile.isEmpty ? numbers.filter { !$0.isFax } : mobile
    return usable.min { $0.preference < $1.preference }?.text
  }

  mutating func add(_ property: VCardProperty) {
    switch property.name {
    case "FN": formattedName = formattedName ?? (property.text.allSatisfy(\.isWhitespace) ? nil : property.text)
    case "N": partedName = partedName ?? property.givenAndFamilyName
    case "EMAIL": email = email ?? property.text
    case "TEL" where !property.text.allSatisfy(\.isWhitespace): addNumber(property)
    default: break
    }
  }

  private mutating func addNumber(_ property: VCardProperty) {
    let isFax = property.hasType("FAX")
    let isMobile = !isFax && (property.hasType("CELL") || property.hasType("MOBILE"))
    numbers.append((property.text, isMobile, isFax, property.preference))
  }
}

/// One line of a card, such as `item1.TEL;TYPE=CELL:+15550100001`.
private struct VCardProperty {
  /// In uppercase, without its group.
  var name: String
  /// Parameters in uppercase, such as `TYPE=CELL,VOICE`.
  var parameters: [String]
  var value: String

  init?(_ line: String) {
    guard let colon = Self.colon(in: line) else { return nil }
    let head = line[..<colon].split(separator: ";")
    guard let name = head.first?.split(separator: ".").last else { return nil }
    self.name = name.uppercased()
    parameters = head.dropFirst().map { $0.uppercased() }
    value = String(line[line.index(after: colon)...])
  }

  /// The colon before the value; one in quotes is part of a parameter.
  private static func colon(in line: String) -> String.Index? {
    var isQuoted = false
    return line.firstIndex { character in
      if character == "\"" { isQuoted.toggle() }
      return character == ":" && !isQuoted
    }
  }

  /// Whether the end of a line says that the next one belongs to it, as in version 2.1.
  static func goesOn(after line: String) -> Bool {
    line.hasSuffix("=") && VCardProperty(line)?.isQuotedPrintable == true
  }

  private var isQuotedPrintable: Bool {
    parameters.contains { $0 == "QUOTED-PRINTABLE" || $0 == "ENCODING=QUOTED-PRINTABLE" }
  }

  /// Whether its value is unreadable: quoted-printable in an encoding other than UTF-8.
  var hasUnreadableText: Bool { ["FN", "N", "TEL"].contains(name) && plainValue == nil }

  /// The value with quoted-printable decoded (RFC 2045, 6.7); nil if that is not UTF-8.
  private var plainValue: String? {
    guard isQuotedPrintable else { return value }
    var bytes: [UInt8] = []
    var rest = Array(value.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "="), rest.count > 1, let high = rest.first?.hexadecimalDigit,
        let low = rest.dropFirst().first?.hexadecimalDigit
      {
        bytes.append(high << 4 | low)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// The name made from the parts of `N`; nil if they are empty.
  var givenAndFamilyName: String? {
    let parts = Self.unescaped(plainValue ?? "", dividingAt: ";")
    let name = parts.prefix(2).reversed().filter { !$0.allSatisfy(\.isWhitespace) }.joined(separator: " ")
    return name.isEmpty ? nil : name
  }

  /// The value with its escapes decoded.
  var text: String { Self.unescaped(plainValue ?? "", dividingAt: nil)[0] }

  private static func unescaped(_ value: String, dividingAt divider: Character?) -> [String] {
    var parts: [String] = []
    var text = ""
    var isEscaped = false
    for character in value {
      if isEscaped {
        text.append(character == "n" || character == "N" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == divider {
        parts.append(text)
        text = ""
      } else {
        text.append(character)
      }
    }
    return parts + [text]
  }

  /// 1 is the most preferred: `PREF=1` to `PREF=100`, or `TYPE=pref` of version 3 for 1; those with neither come last.
  var preference: Int {
    let levels = parameters.filter { $0.hasPrefix("PREF=") }.compactMap { parameter in
      Int(parameter.dropFirst("PREF=".count).filter { $0 != "\"" })
    }
    return levels.first ?? (hasType("PREF") ? 1 : 101)
  }

  func hasType(_ type: String) -> Bool {
    parameters.contains { parameter in
      let types = parameter.split(separator: "=").last ?? ""
      return types.split(whereSeparator: { ",\"".contains($0) }).contains { $0 == type }
    }
  }
}
