/// Rows of vCards (RFC 6350, and version 3 of RFC 2426): number, name and email address of each card.
///
/// Of several numbers the first mobile one counts, else the first. A card without a number is a row without one.
struct VCardRowParser: RowParser {
  let columns: ColumnSet? = ColumnSet(names: ["to", "name", "email"])
  private var lines = LineReader(skipsBlank: false)
  /// The line that may go on: one that starts with a space or a tab belongs to the one before.
  private var pending: (text: String, position: TextPosition)?
  private var card: VCard?
  private var rows = 0

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
      } else if let row = try take((text, line.position)) {
        return row
      }
    }
    guard lines.isAtEnd else { return nil }
    if let row = try take(nil) { return row }
    if let card { throw unusable(card, .unterminatedCard) }
    return nil
  }

  /// A row of a card that can't be used; the rest of the card is passed over.
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

  /// Takes the next line, and handles the one before, which is whole now; the row of a card that it ends.
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
    default: card?.add(property)
    }
    return nil
  }

  private mutating func row(_ card: VCard) -> Row {
    rows += 1
    let fields = [card.number, card.name, card.email].map { Row.Field.text($0 ?? "") }
    return Row(number: rows, position: card.position, columns: columns ?? .to, fields: fields)
  }
}

extension LineReader.Line {
  /// The bytes without the CR of a line's end.
  fileprivate var text: ArraySlice<UInt8> { bytes.last == 0x0D ? bytes.dropLast() : bytes[...] }
}

/// What is of use in one card.
private struct VCard {
  var position: TextPosition
  var name: String?
  var email: String?
  private var numbers: [(text: String, isMobile: Bool)] = []

  init(position: TextPosition) {
    self.position = position
  }

  var number: String? { (numbers.first(where: \.isMobile) ?? numbers.first)?.text }

  mutating func add(_ property: VCardProperty) {
    switch property.name {
    case "FN": name = name ?? (property.text.allSatisfy(\.isWhitespace) ? nil : property.text)
    case "EMAIL": email = email ?? property.text
    case "TEL" where !property.hasType("FAX"): numbers.append((property.text, property.hasType("CELL")))
    default: break
    }
  }
}

/// One line of a card, such as `item1.TEL;TYPE=CELL:+15550100001`.
private struct VCardProperty {
  /// In capitals, without its group.
  var name: String
  /// Parameters, in capitals, such as `TYPE=CELL,VOICE`.
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

  /// The colon before the value; one in quotes belongs to a parameter.
  private static func colon(in line: String) -> String.Index? {
    var isQuoted = false
    return line.firstIndex { character in
      if character == "\"" { isQuoted.toggle() }
      return character == ":" && !isQuoted
    }
  }

  /// The value without its escapes.
  var text: String {
    var text = ""
    var isEscaped = false
    for character in value {
      if isEscaped {
        text.append(character == "n" || character == "N" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        text.append(character)
      }
    }
    return text
  }

  func hasType(_ type: String) -> Bool {
    parameters.contains { parameter in
      let types = parameter.split(separator: "=").last ?? ""
      return types.split(whereSeparator: { ",\"".contains($0) }).contains { $0 == type }
    }
  }
}
