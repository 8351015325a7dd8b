import Messaging
import TextFormats

/// Reads the message of one row.
struct RowMessageReader {
  private let options: PlanOptions
  private let provider: any Provider
  private let features: Set<SendFeature>
  /// The provider's.
  private let title: String

  init(_ options: PlanOptions, provider: any Provider) {
    self.options = options
    self.provider = provider
    let descriptor = type(of: provider).descriptor
    features = descriptor.features
    title = descriptor.title
  }

  /// The message, and its time as it was typed. `changes` gets to know what was replaced in its text.
  func message(
    of row: Row, noting changes: inout GSMChanges
  ) throws(InputError) -> (OutgoingMessage, PlannedTime?) {
    var message = OutgoingMessage(
      to: try number(of: row), body: try text(of: row, noting: &changes), from: options.from, options: options.options)
    if let from = try cell("from", of: row, for: .from) { message.from = try sender(from) }
    let time = try time(of: row)
    message.scheduledAt = time?.moment
    if let device = try cell("device", of: row, for: .device) { message.options.devices = try devices(device) }
    if let objection = provider.objection(to: message) { throw InputError(.objection(objection, provider: title)) }
    if let limit = options.maxSegments, let excess = SegmentExcess(of: message.body, limit: limit) {
      throw InputError(.tooManySegments(excess))
    }
    return (message, time)
  }

  /// Number and text of a row that is not sent, as far as they can be read.
  func written(in row: Row) -> (to: String, body: String) {
    var changes = GSMChanges()
    let to = (try? number(of: row).e164) ?? (try? field(options.toColumns, of: row))
    return (to ?? "", (try? text(of: row, noting: &changes)) ?? "")
  }

  private func number(of row: Row) throws(InputError) -> PhoneNumber {
    let written = try field(options.toColumns, of: row)
    do {
      return try PhoneNumber(parsing: written, countryCode: options.countryCode)
    } catch {
      throw InputError(.phoneNumber(written, error))
    }
  }

  private func text(of row: Row, noting changes: inout GSMChanges) throws(InputError) -> String {
    let text = try checked(try writtenText(of: row))
    guard options.replacesTypography else { return text }
    return try checked(GSMText.replacing(text, noting: &changes))
  }

  private func checked(_ text: String) throws(InputError) -> String {
    do {
      return try MessageText.checked(text)
    } catch {
      throw InputError(.init(error.reason))
    }
  }

  private func writtenText(of row: Row) throws(InputError) -> String {
    if let template = options.template {
      return try template.rendered { column throws(InputError) in try self.text(in: column, of: row) }
    }
    return try field(options.messageColumns, of: row)
  }

  /// What the first of the columns that the row has says.
  private func field(_ columns: [String], of row: Row) throws(InputError) -> String {
    guard let column = columns.first(where: { row.columns.index(of: $0) != nil }),
      let text = try text(in: column, of: row), !text.isEmpty
    else { throw InputError(.missing(columns)) }
    return text
  }

  private func text(in column: String, of row: Row) throws(InputError) -> String? {
    do {
      return try row.text(in: column)
    } catch {
      throw InputError(.nested(column))
    }
  }

  /// What an optional column says; nil where it is missing or blank.
  private func cell(_ column: String, of row: Row, for feature: SendFeature) throws(InputError) -> String? {
    guard let text = try text(in: column, of: row) else { return nil }
    let trimmed = text[...].unicodeScalars.trimmingSpace
    guard !trimmed.isEmpty else { return nil }
    guard features.contains(feature) else { throw InputError(.unsupported(feature, provider: title)) }
    return String(trimmed)
  }

  private func sender(_ text: String) throws(InputError) -> String {
    guard !text.utf8.contains(where: { [0, 0x0A, 0x0D].contains($0) }) else { throw InputError(.rowSender) }
    return text
  }

  private func time(of row: Row) throws(InputError) -> PlannedTime? {
    guard let text = try cell("at", of: row, for: .schedule) else { return options.time }
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
