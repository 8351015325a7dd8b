import Testing
import TextFormats

@testable import Messaging

@Suite struct MessageRecordTests {
  private let leaves = MessageRecord.fields.flatMap { $0.parts.isEmpty ? [$0] : $0.parts }

  @Test("Every property of a message is a field of its record, but the provider's own object and three of the log")
  func complete() {
    let properties = Mirror(reflecting: MessageRecord.Fields(status: .sent)).children.compactMap(\.label)
    #expect(leaves.count == properties.count - 4)
    #expect(Set(MessageRecord.columns.compactMap(\.column)).count == MessageRecord.columns.count)
  }

  @Test("What is read from a record's columns and set on another makes the same record")
  func roundTrip() {
    var record = MessageRecord(status: .failed)
    (record.id, record.groupID, record.from, record.to) = ("1", "g", "+15550100099", "+15550100001")
    (record.body, record.type, record.providerStatus) = ("Hello", .mms, "FAILED")
    (record.segments, record.device, record.sim, record.price, record.currency) = (2, "1", "0", "0.0075", "USD")
    record.error = MessageError(code: "7", message: "No such thing")
    (record.scheduledAt, record.sentAt) = (Timestamp(unixSeconds: 1), Timestamp(unixSeconds: 2))
    record.deliveredAt = Timestamp(unixSeconds: 3)
    var copy = MessageRecord(status: .unknown)
    for column in MessageRecord.columns {
      #expect(record[field: column] != .null, "\(column.name)")
      copy[field: column] = record[field: column]
    }
    #expect(copy == record)
  }

  @Test("A change to a copy leaves the other as it was")
  func copies() {
    let record = MessageRecord(status: .planned)
    var copy = record
    copy.status = .sent
    #expect(record.status == .planned && copy.status == .sent)
  }

  @Test("The values are those of the fields: an error is an object, times are RFC 3339 in UTC")
  func values() {
    var record = MessageRecord(status: .failed)
    record.error = MessageError(message: "No")
    record.sentAt = Timestamp(unixSeconds: 0)
    let fields = MessageRecord.fields.filter { ["error", "sent_at", "row", "status"].contains($0.name) }
    var values: [JSONValue] = []
    record.read { root in values = fields.map { $0.read(root).json } }
    #expect(values == [nil, "failed", ["code": nil, "message": "No"], "1970-01-01T00:00:00Z"])
  }
}
