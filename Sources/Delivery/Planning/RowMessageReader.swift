import Messaging
import TextFormats

/// Reads the message of one row.
final class RowMessageReader {
  private let options: PlanOptions
  private let provider: any Provider
  private let features: Set<SendFeature>
  /// The provider's name.
  private let title: String

  init(_ options: PlanOptions, provider: any Provider) {
    self.options = options
    self.provider = provider
    let descriptor = type(of: provider).descriptor
    features = descriptor.features
    title = descriptor.title
  }

  /// The message to the first of the row's numbers, which goes to the others as well, and its time as it was typed.
  /// `changes` gets to know what was replaced in its text.
  func message(
    of row: Row, _ layout: ColumnLayout, noting changes: inout GSMChanges
  ) throws(InputError) -> (OutgoingMessage, others: [PhoneNumber], PlannedTime?) {
    let (number, others) = try numbers(of: row, layout)
    let (message, time) = try message(to: number, of: row, layout, noting: &changes)
    return (message, others, time)
  }

  private func message(
    to number: PhoneNumber, of row: Row, _ layout: ColumnLayout, noting changes: inout GSMChanges
  ) throws(InputError) -> (OutgoingMessage, PlannedTime?) {
    var message = OutgoingMessage(
      to: number, body: try text(of: row, layout, noting: &changes), from: options.from, options: options.options)
    if let from = try cell(layout.from, of: row, for: .from) { message.from = try sender(from) }
    let time = try time(of: row, layout)
    message.scheduledAt = time?.moment
    if let device = try cell(layout.device, of: row, for: .device) { message.options.devices = try devices(device) }
    if let objection = provider.objection(to: message) { throw InputError(.objection(objection, provider: title)) }
    if let limit = options.maxSegments, let excess = SegmentExcess(of: message.body, limit: limit) {
      throw InputError(.tooManySegments(excess))
    }
    return (message, time)
  }

  /// The number and text of a skipped row, as far as they can be read.
  func written(in row: Row, _ layout: ColumnLayout) -> (to: String, body: String) {
    var changes = GSMChanges()
    let to = (try? numbers(of: row, layout).first.e164) ?? (try? field(layout.number, of: row))
    return (to ?? "", (try? text(of: row, layout, noting: &changes)) ?? "")
  }

  /// The number in the cell, or all of them where each part of it is one by itself.
  private func numbers(
    of row: Row, _ layout: ColumnLayout
  ) throws(InputError) -> (first: PhoneNumber, others: [PhoneNumber]) {
    let cell = try field(layout.number, of: row)
    let parts = NumberCell.isDivided(cell) ? NumberCell.parts(of: cell) : []
    let written = parts.count == 1 ? parts[0] : cell
    guard parts.count > 1, parts.contains(where: isMeantAsPhoneNumber), !NumberMistake.isAmountOfMoney(cell) else {
      do {
        return (try number(written), [])
      } catch {
        guard case .number = row.fields[layout.number] else { throw error }
        throw InputError(.numberOfJSON(error.problem))
      }
    }
    let first = try number(parts[0])
    var others: [PhoneNumber] = []
    for part in parts.dropFirst() { others.append(try number(part)) }
    return (first, others)
  }

  /// Whether it is a phone number, or one that merely lacks its country code or has a wrong one.
  private func isMeantAsPhoneNumber(_ text: String) -> Bool {
    do {
      return !(try PhoneNumber(parsing: text, by: options.numberRules)).isShortCode
    } catch {
      switch error {
      case .countryCodeMissing, .unassignedCode, .wrongLength, .trunkPrefix, .noReading, .ambiguous:
        return text.utf8.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } > 6
      default: return false
      }
    }
  }

  private func number(_ written: String) throws(InputError) -> PhoneNumber {
    let number: PhoneNumber
    do {
      number = try PhoneNumber(parsing: written, by: options.numberRules)
    } catch {
      throw InputError(.phoneNumber(written, error))
    }
    guard !number.isShortCode || options.takesShortCodes else {
      throw InputError(.shortCode(number, isSupported: features.contains(.shortCodes)))
    }
    return number
  }

  private func text(
    of row: Row, _ layout: ColumnLayout, noting changes: inout GSMChanges
  ) throws(InputError) -> String {
    let text = try checked(try writtenText(of: row, layout))
    guard options.replacesTypography else { return text }
    return try checked(GSMText.replacing(text, noting: &changes))
  }

  private func checked(_ text: String) throws(InputError) -> String {
    if let objection = MessageText.objection(to: text) { throw InputError(.init(objection)) }
    return text
  }

  private func writtenText(of row: Row, _ layout: ColumnLayout) throws(InputError) -> String {
    guard let column = layout.text else {
      guard let template = options.template else { return "" }
      return try filled(template, row, layout)
    }
    let text = try field(column, of: row)
    guard !options.isLiteral, OtherToolPlaceholders.mayBe(in: text) else { return text }
    guard text.hasByte(where: { "{" ~= $0 }), text.contains("{{") else {
      try OtherToolPlaceholders.check(text, in: row.columns)
      return text
    }
    guard options.fillsTexts else { throw InputError(.placeInText) }
    let template = try Template(parsing: text)
    try template.checkPlaces(in: row.columns)
    for column in template.columns where try row.columns.index(ofPlace: column) == nil {
      throw InputError(.unknownColumn(column, known: row.columns.names))
    }
    return try filled(template, row, layout)
  }

  private func filled(_ template: Template, _ row: Row, _ layout: ColumnLayout) throws(InputError) -> String {
    try template.rendered { column throws(InputError) in
      guard let index = layout.index(of: column) else { return nil }
      return try text(at: index, of: row)
    }
  }

  /// The text of a required column.
  private func field(_ column: Int, of row: Row) throws(InputError) -> String {
    guard let text = try text(at: column, of: row), !text.isEmpty else {
      throw InputError(.empty(row.columns.names[column]))
    }
    return text
  }

  private func text(at column: Int, of row: Row) throws(InputError) -> String? {
    let text: String?
    do {
      text = try row.text(at: column)
    } catch {
      throw InputError(error.problem)
    }
    if row.columns.mayHaveEscapes, !options.isLiteral, let text, text.hasDatabaseEscape {
      throw InputError(.databaseEscape(column: row.columns.names[column]))
    }
    guard let text, let mark = SpecialCell(text) else { return text }
    let name = row.columns.names[column]
    switch mark {
    case .error(let error): throw InputError(.cellError(error, column: name))
    case .notCalculated: throw InputError(.notCalculated(column: name))
    case .null: return nil
    case .nullWord(let word):
      guard options.isLiteral else { throw InputError(.nullWord(word, column: name)) }
      return text
    }
  }

  /// The text of an optional column; nil if missing or blank.
  private func cell(_ column: Int?, of row: Row, for feature: SendFeature) throws(InputError) -> String? {
    guard let column, let text = try text(at: column, of: row) else { return nil }
    let trimmed = text[...].unicodeScalars.trimmingSpace
    guard !trimmed.isEmpty else { return nil }
    guard features.contains(feature) else {
      throw InputError(.unsupported(feature, column: row.columns.names[column], provider: title))
    }
    return String(trimmed)
  }

  private func sender(_ text: String) throws(InputError) -> String {
    guard !text.utf8.contains(where: { [0, 0x0A, 0x0D].contains($0) }) else { throw InputError(.rowSender) }
    return text
  }

  /// A JSON number is seconds since 1970, as `jq` and databases write times; fractions are dropped.
  private func time(of row: Row, _ layout: ColumnLayout) throws(InputError) -> PlannedTime? {
    guard var text = try cell(layout.time, of: row, for: .schedule) else { return options.time }
    if let column = layout.time, case .number = row.fields[column] {
      let seconds = Double(text)?.rounded(.down) ?? 0
      guard seconds < 100_000_000_000 else { throw InputError(.milliseconds(text)) }
      text = "@\(Int64(max(-1, seconds)))"
    }
    do {
      return try options.readTime(text)
    } catch {
      throw InputError(.rowTime(error))
    }
  }

  private func devices(_ text: String) throws(InputError) -> [DeviceSelector] {
    let parts = text.split(separator: " ")
    let devices = parts.compactMap { DeviceSelector(String($0)) }
    guard devices.count == parts.count else { throw InputError(.rowDevice(text)) }
    return devices
  }
}

/// A cell that may hold several numbers.
enum NumberCell {
  /// The parts between ` ::: ` (Google Contacts), semicolons, commas and line breaks; the whole cell if there are none.
  static func parts(of text: String) -> [String] {
    guard isDivided(text) else { return [text] }
    var parts: [String] = []
    for part in text.split(whereSeparator: { ";,\n\r\r\n".contains($0) }) {
      var rest = part.unicodeScalars
      while let separator = rest.firstRange(of: ":::".unicodeScalars) {
        parts.append(String(rest[..<separator.lowerBound]))
        rest = rest[separator.upperBound...]
      }
      parts.append(String(rest))
    }
    return parts.map { String($0[...].unicodeScalars.trimmingSpace) }.filter { !$0.allSatisfy(\.isWhitespace) }
  }

  /// Whether there may be several parts. A check of the bytes spares most cells the split.
  static func isDivided(_ text: String) -> Bool { text.hasByte(where: isSeparator) }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x0A, 0x0D, UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ";"): true
    default: false
    }
  }
}
