import Messaging

/// A row of a plan. One value in SQLite, a page, contains many of them: to write and read each as a row of a table
/// would take longer than everything else that is done with it.
struct PlanRow {
  /// Its position in the job, from 1.
  var row: Int
  var to: String
  var body: String
  var from: String?
  /// In Unix seconds.
  var scheduledAt: Int?
  /// Identifies its time.
  var typedTime: String?
  var devices: String?
  /// Equal for rows with the same number and text.
  var twin = 0
  /// Why it will never be sent; nil for a planned row.
  var error: MessageError?

  var status: MessageStatus { error == nil ? .planned : .skipped }

  /// Returns the message to send; `options` are those that all messages share.
  func message(_ options: SendOptions) throws(LedgerError) -> JobMessage {
    guard let number = PhoneNumber(stored: to) else { throw .damagedRow(row) }
    var message = OutgoingMessage(
      to: number, body: body, from: from, scheduledAt: scheduledAt.map { Timestamp(unixSeconds: Int64($0)) },
      options: options)
    if let devices { message.options.devices = DeviceSelector.list(devices) }
    return JobMessage(row: row, message: message)
  }

  /// Returns the record to show for the row.
  func record(isMMS: Bool) -> MessageRecord {
    var record = MessageRecord(status: status)
    record.row = row
    record.to = to
    record.body = body
    record.from = from
    record.scheduledAt = scheduledAt.map { Timestamp(unixSeconds: Int64($0)) }
    if let error { record.error = error }
    record.countSegments(of: body, isMMS: isMMS)
    return record
  }
}

// MARK: - Pages

extension PlanRow {
  /// Appends the row to a page; returns the page's size in bytes.
  func write(to page: inout [UInt8]) -> Int {
    Swift.withUnsafeBytes(of: (row, twin)) { page.append(contentsOf: $0) }
    page.append(field: to)
    page.append(field: body)
    // Most rows have no more.
    let hasMore = from != nil || scheduledAt != nil || typedTime != nil || devices != nil || error != nil
    page.append(hasMore ? 1 : 0)
    guard hasMore else { return page.count }
    page.append(field: from)
    page.append(optional: scheduledAt)
    page.append(field: typedTime)
    page.append(field: devices)
    page.append(field: error?.code)
    page.append(field: error?.message)
    return page.count
  }
}

// Values in place of a text's length: there is no text, or its length follows as a number.
private let noText: UInt8 = 254
private let longText: UInt8 = 255

extension [UInt8] {
  fileprivate mutating func append(number: Int) {
    Swift.withUnsafeBytes(of: number) { append(contentsOf: $0) }
  }

  fileprivate mutating func append(optional number: Int?) {
    append(number == nil ? 0 : 1)
    if let number { append(number: number) }
  }

  fileprivate mutating func append(field text: String?) {
    guard var text else { return append(noText) }
    text.withUTF8 { bytes in
      let isLong = bytes.count >= noText
      append(isLong ? longText : UInt8(bytes.count))
      if isLong { append(number: bytes.count) }
      append(contentsOf: bytes)
    }
  }
}

/// Reads the rows of a page. Beyond its end, numbers are 0, and everything else is nil.
final class PlanPage {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8] = []) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { offset >= bytes.count }

  /// Reads the next row.
  func row() -> PlanRow {
    let (row, twin, to, body) = (number(), number(), field() ?? "", field() ?? "")
    guard byte() == 1 else { return PlanRow(row: row, to: to, body: body, twin: twin) }
    let (from, time, typedTime, devices) = (field(), optional(), field(), field())
    let (code, message) = (field(), field())
    return PlanRow(
      row: row, to: to, body: body, from: from, scheduledAt: time, typedTime: typedTime, devices: devices, twin: twin,
      error: message.map { MessageError(code: code, message: $0) })
  }

  private func number() -> Int {
    guard bytes.count - offset >= MemoryLayout<Int>.size else { return 0 }
    defer { offset += MemoryLayout<Int>.size }
    return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Int.self) }
  }

  private func optional() -> Int? { byte() == 1 ? number() : nil }

  private func field() -> String? {
    let first = byte()
    guard first != noText else { return nil }
    let length = first == longText ? number() : Int(first)
    let count = max(0, min(length, bytes.count - offset))
    defer { offset += count }
    // `String(decoding:as:)` takes twice as long.
    return bytes.withUnsafeBufferPointer { bytes in
      let text = UnsafeBufferPointer(rebasing: bytes[offset..<offset + count])
      return String(unsafeUninitializedCapacity: count) { $0.initialize(fromContentsOf: text) }
    }
  }

  private func byte() -> UInt8 {
    guard !isAtEnd else { return noText }
    defer { offset += 1 }
    return bytes[offset]
  }
}
