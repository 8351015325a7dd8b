import Ledger
import Messaging
import TestSupport
import Testing
import TextFormats

/// A record with a value of its own in each field goes into the ledger and is printed as it was.
@Suite(.ownThread) struct RecordRoundTripTests {
  /// Names and values by hand, so that no list of fields in the program can agree with itself.
  private static let printed = """
    [{"id":"id-1","group_id":"group-2","row":3,"provider":"voximplant","profile":"home-4","direction":"out",
    "from":"+15550100105","to":"+15550100106","body":"seven \u{438}","type":"mms","status":"failed",
    "provider_status":"EIGHT","encoding":"ucs2","segments":9,"device":"10","sim":"11","price":"0.12",
    "currency":"EUR","error":{"code":"14","message":"fifteen"},"scheduled_at":"2033-05-18T03:33:36Z",
    "sent_at":"2033-05-18T03:33:37Z","delivered_at":"2033-05-18T03:33:38Z"}]
    """

  private func outcome(_ message: OutgoingMessage) -> MessageRecord {
    var record = MessageRecord(message, status: .failed)
    (record.id, record.groupID, record.row) = ("id-1", "group-2", 3)
    (record.providerStatus, record.segments, record.device, record.sim) = ("EIGHT", 9, "10", "11")
    (record.price, record.currency, record.error) = ("0.12", "EUR", MessageError(code: "14", message: "fifteen"))
    record.sentAt = Timestamp(unixSeconds: 2_000_000_017)
    record.deliveredAt = Timestamp(unixSeconds: 2_000_000_018)
    return record
  }

  @Test("Every field of a record is kept, and printed under its name")
  func everyField() throws {
    try withTemporaryFolder { folder in
      var message = OutgoingMessage(
        to: try PhoneNumber(parsing: "+15550100106"), body: "seven \u{438}", from: "+15550100105",
        scheduledAt: Timestamp(unixSeconds: 2_000_000_016))
      message.options.isMMS = true
      let plan = try JobPlan(options: message.options)
      try plan.add(message, row: 3)
      try plan.finish()
      var request = JobRequest(
        account: Account(provider: "voximplant", baseURL: "https://sms.example", credentials: .none),
        profile: "home-4")
      request.name = "spring"
      let ledger = try Ledger(folder: "\(folder)/state") { Timestamp(unixSeconds: 1_900_000_000) }
      guard case .opened(let job) = try ledger.open(request, plan) else { Issue.record("it did not open"); return }
      var claim = RowChanges()
      claim.claimed = [3]
      try job.apply(claim)
      var settlement = RowChanges()
      settlement.settled = [outcome(message)]
      try job.apply(settlement)

      let run = try Tool(folder: folder, variables: ["SMS_STATE_DIR": "state"]).run("log", "-o", "json")
      #expect(run.code == 0, "\(run.stderr)")
      #expect(try run.json() == JSONValue(parsing: Array(Self.printed.utf8)))
      #expect(try run.records().map(\.names) == [messageFields])
    }
  }
}
