import Messaging
import Testing

import Output

@Suite struct RecordFieldTests {
  /// What scripts read, as the contract has it.
  private static let fields: [(any Record.Type, String)] = [
    (ContactRecord.self, "id list number name email birthday subscribed source created_at"),
    (DeviceRecord.self, "id name model android_version app_version last_seen_at sims"),
    (BalanceRecord.self, "provider profile kind amount unlimited currency"),
    (USSDRecord.self, "id device sim request response sent_at responded_at"),
    (OTPRecord.self, "code to valid message"),
    (NumberRecord.self, "number enabled"),
    (AppointmentRecord.self, "number at status"), (GroupReport.self, "group_id successful failed"),
  ]

  @Test("Records have the fields of the contract in its order", arguments: fields)
  func names(record: any Record.Type, expected: String) {
    #expect(record.schema.fields.map(\.name).joined(separator: " ") == expected)
  }
}
