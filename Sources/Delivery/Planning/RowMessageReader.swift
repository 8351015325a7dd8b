import Messaging
import TextFormats

/// Reads the message of one row.
struct RowMessageReader {
  private let options: PlanOptions
  private let provider: any Provider
  private let features: Set<SendFeature>

  init(_ options: PlanOptions, provider: any Provider) {
    self.options = options
    self.provider = provider
    features = type(of: provider).descriptor.features
  }

  /// `changes` gets to know what was replaced in its text.
  func message(of row: Row, noting changes: inout GSMChanges) throws(RowProblem) -> OutgoingMessage {
    var message = OutgoingMessage(
      to: try number(of: row), body: try text(of: row, noting: &changes), from: options.from,
      scheduledAt: options.scheduledAt)
    message.options = options.options
    if let from = try cell("from", of: row, for: .from) { message.from = try sender(from) }
    if let at = try cell("at", of: row, for: .schedule) { message.scheduledAt = try time(at) }
    if let device = try cell("device", of: row, for: .device) { message.options.devices = try devices(device) }
    if let objection = provider.objection(to: message) { throw .objection(objection) }
    if let limit = options.maxSegments, let excess = SegmentExcess(of: message.body, limit: limit) {
      throw .tooManySegments(excess)
    }
    return message
  }

  /// Number and text of a row that is not sent, as far as they can be read.
  func written(in row: Row) -> (to: String, body: String) {
    var changes = GSMChanges()
    let to = (try? number(of: row).e164) ?? (try? field(options.toColumns, of: row))
    return (to ?? "", (try? text(of: row, noting: &changes)) ?? "")
  }

  private func number(of row: Row) throws(RowProblem) -> PhoneNumber {
    let written = try field(options.toColumns, of: row)
    do {
      return try PhoneNumber(parsing: written, countryCode: options.countryCode)
    } catch {
      throw .number(error, written: written)
    }
  }

  private func text(of row: Row, noting changes: inout GSMChanges) throws(RowProblem) -> String {
    let text = try checked(try writtenText(of: row))
    guard options.replacesTypography else { return text }
    return try checked(GSMText.replacing(text, noting: &changes))
  }

  private func checked(_ text: String) throws(RowProblem) -> String {
    do {
      return try MessageText.checked(text)
    } catch {
      throw .text(error)
    }
  }

  private func writtenText(of row: Row) throws(RowProblem) -> String {
    if let template = options.template {
      return try template.rendered { column throws(RowProblem) in try self.text(in: column, of: row) }
    }
    return try field(options.messageColumns, of: row)
  }

  /// What the first of the columns that the row has says.
  private func field(_ columns: [String], of row: Row) throws(RowProblem) -> String {
    guard let column = columns.first(where: { row.columns.index(of: $0) != nil }),
      let text = try text(in: column, of: row), !text.isEmpty
    else { throw .missing(columns: columns) }
    return text
  }

  private func text(in column: String, of row: Row) throws(RowProblem) -> String? {
    do {
      return try row.text(in: column)
    } catch {
      throw .nested(column: column)
    }
  }

  /// What an optional column says; nil where it is missing or blank.
  private func cell(_ column: String, of row: Row, for feature: SendFeature) throws(RowProblem) -> String? {
    guard let text = try text(in: column, of: row) else { return nil }
    let trimmed = text[...].unicodeScalars.trimmingSpace
    guard !trimmed.isEmpty else { return nil }
    guard features.contains(feature) else { throw .unsupported(feature) }
    return String(trimmed)
  }

  private func sender(_ text: String) throws(RowProblem) -> String {
    guard !text.utf8.contains(where: { [0, 0x0A, 0x0D].contains($0) }) else { throw .sender }
    return text
  }

  private func time(_ text: String) throws(RowProblem) -> Timestamp {
    do {
      return try options.readTime(text)
    } catch {
      throw .time(written: text, reason: error.reason)
    }
  }

  private func devices(_ text: String) throws(RowProblem) -> [DeviceSelector] {
    let parts = text.split(separator: " ")
    let devices = parts.compactMap { DeviceSelector(String($0)) }
    guard devices.count == parts.count else { throw .device(written: text) }
    return devices
  }
}
