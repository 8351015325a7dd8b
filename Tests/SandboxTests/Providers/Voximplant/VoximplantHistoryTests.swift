import Messaging
import Testing
import TextFormats

@testable import Sandbox

@Suite struct VoximplantHistoryTests {
  static let single = "source=15550100102&sms_body=Hi&destination"
  static let many = "src_number=15550100102&text=Hi&dst_numbers"

  /// After the messages that are there from the start: 11 and, a minute later, 12 by SMS, 13 and 14 by A2P.
  private func account() throws -> VoximplantAccount {
    var account = VoximplantAccount()
    _ = try account.call("SendSmsMessage", "\(Self.single)=447443332212&store_body=true")
    _ = try account.call("SendSmsMessage", "\(Self.single)=447443332213", after: 60)
    _ = try account.call("A2PSendSms", "\(Self.many)=447443332212;447443332213", after: 60)
    return account
  }

  static let found: [(method: String, form: String, ids: [Int])] = [
    ("GetSmsHistory", "", [1, 2, 3, 4, 11, 12]), ("GetSmsHistory", "direction=IN", [1, 2, 3]),
    ("GetSmsHistory", "direction=in", [1, 2, 3]), ("GetSmsHistory", "direction=OUT", [4, 11, 12]),
    ("GetSmsHistory", "direction=out", [4, 11, 12]), ("GetSmsHistory", "direction=", [1, 2, 3, 4, 11, 12]),
    ("GetSmsHistory", "source_number=15550100102", [4, 11, 12]),
    ("GetSmsHistory", "source_number=%2B15550100102", []),
    ("GetSmsHistory", "destination_number=15550100102", [1, 2, 3]),
    ("GetSmsHistory", "destination_number=447443332212&source_number=15550100102", [11]),
    // Both ends count.
    ("GetSmsHistory", "from_date=2026-03-01 12:00:00", [11, 12]),
    ("GetSmsHistory", "from_date=2026-03-01 12:00:01", [12]),
    ("GetSmsHistory", "from_date=2026-03-01 10:00:00&to_date=2026-03-01 12:00:59", [4, 11]),
    ("GetSmsHistory", "to_date=2026-03-01 12:01:00&direction=OUT", [4, 11, 12]),
    ("GetSmsHistory", "message_id=11;1;13", [1, 11]),
    ("GetSmsHistory", "delivery_status=6", [1, 2, 3, 4, 11, 12]),
    ("A2PGetSmsHistory", "", [5, 6, 7, 8, 9, 10, 13, 14]),
    ("A2PGetSmsHistory", "destination_number=447443332213", [14]),
    ("A2PGetSmsHistory", "from_date=2026-03-01 12:01:00", [13, 14]),
    ("A2PGetSmsHistory", "message_id=14", [14]), ("A2PGetSmsHistory", "direction=IN&source_number=x", []),
    ("A2PGetSmsHistory", "delivery_status=1", [13, 14]), ("A2PGetSmsHistory", "delivery_status=2", []),
    ("A2PGetSmsHistory", "delivery_status=3", [5]), ("A2PGetSmsHistory", "delivery_status=4", [6]),
    ("A2PGetSmsHistory", "delivery_status=5", [7]), ("A2PGetSmsHistory", "delivery_status=6", [8]),
    ("A2PGetSmsHistory", "delivery_status=7", [9]), ("A2PGetSmsHistory", "delivery_status=8", [10]),
  ]

  @Test("Each history holds its own messages and every filter narrows it", arguments: found)
  func filters(method: String, form: String, ids: [Int]) throws {
    var account = try account()
    let reply = try account.call(method, form, after: 60).json
    #expect(reply["result"]?.column("message_id") == ids.map { String($0) })
    #expect(reply["total_count"]?.int == ids.count)
  }

  @Test("A row of the SMS history; the text is there where it was to be stored")
  func row() throws {
    var account = try account()
    let rows = try #require(try account.call("GetSmsHistory", "from_date=2026-03-01 12:00:00").json["result"]?.array)
    #expect(
      rows.first?.members == [
        "message_id": 11, "source_number": "15550100102", "destination_number": "447443332212", "direction": "OUT",
        "fragments": 1, "cost": .number("0.005"), "status_id": "1", "error_message": nil,
        "processed_date": "2026-03-01", "transaction_id": 900_010, "text": "Hi",
      ])
    #expect(rows[1]["text"] == .null)
  }

  @Test("A row of the A2P history moves on by time")
  func a2pRow() throws {
    var account = try account()
    let rows = try (0..<3).map { seconds in
      try account.call("A2PGetSmsHistory", "message_id=13", after: 60 + seconds).json["result"]?.array?.first
    }
    #expect(rows.map { $0?["delivery_status"] } == ["QUEUED", "DISPATCHED", "DELIVERED"])
    #expect(
      rows[2]?.members == [
        "message_id": 13, "source_number": "15550100102", "destination_number": "447443332212", "fragments": 1,
        "cost": .number("0.005"), "status_id": 1, "error_message": nil, "processing_date": "2026-03-01",
        "transaction_id": 900_012, "delivery_status": "DELIVERED", "text": nil,
      ])
  }

  @Test("What failed has status 2 and says why", arguments: [("GetSmsHistory", 4), ("A2PGetSmsHistory", 8)])
  func failure(method: String, id: Int) throws {
    var account = VoximplantAccount()
    let row = try account.call(method, "message_id=\(id)").json["result"]?.array?.first
    #expect(row?["status_id"]?.int == 2)
    #expect(row?["error_message"]?.text?.isEmpty == false)
  }

  @Test("Pages of 1000 hold every one of 2500 messages once")
  func paging() throws {
    var account = VoximplantAccount()
    for _ in 0..<25 {
      let numbers = (0..<100).map { "4474433300\($0 + 10)" }.joined(separator: ";")
      _ = try account.call("A2PSendSms", "\(Self.many)=\(numbers)")
    }
    let pages = try ["", "&offset=1000", "&offset=2000", "&offset=2500"].map { offset in
      try account.call("A2PGetSmsHistory", "from_date=2026-03-01 12:00:00\(offset)").json
    }
    #expect(pages.map { $0["result"]?.array?.count } == [1000, 1000, 500, 0])
    #expect(pages.map { $0["total_count"] } == Array(repeating: 2500, count: 4))
    let ids = pages.compactMap { $0["result"] }.flatMap { $0.column("message_id") }
    #expect(ids == (11..<2511).map { String($0) })
  }

  @Test(
    "Count and offset cut a page out of what fits",
    arguments: [
      ("count=2", [1, 2]), ("count=2&offset=1", [2, 3]), ("count=1000&offset=3", [4]), ("count=0", []),
      ("offset=99999999999", []),
    ])
  func cutting(form: String, ids: [Int]) throws {
    var account = VoximplantAccount()
    let reply = try account.call("GetSmsHistory", form).json
    #expect(reply["result"]?.column("message_id") == ids.map { String($0) })
    #expect(reply["total_count"] == 4)
  }

  @Test("CSV has the same members under their names")
  func csv() throws {
    var account = VoximplantAccount()
    _ = try account.call("SendSmsMessage", "\(Self.single)=447443332212&store_body=true&sms_body=Hi,+%22you%22%0A")
    let reply = try account.call("GetSmsHistory", "output=csv&direction=OUT")
    #expect(
      String(decoding: reply.body, as: UTF8.self) == """
        message_id,source_number,destination_number,direction,fragments,cost,status_id,error_message,processed_date,\
        transaction_id,text
        4,15550100102,15550109999,OUT,1,0.005,2,SMS gateway error.,2026-03-01,900003,Hello
        11,15550100102,447443332212,OUT,1,0.005,1,,2026-03-01,900010,"Hi, ""you""
        "

        """)
    let header = try account.call("A2PGetSmsHistory", "output=csv&count=0").body
    #expect(String(decoding: header, as: UTF8.self).hasSuffix(",delivery_status,text\n"))
  }

  static let refused: [(method: String, form: String, code: Int)] = [
    ("GetSmsHistory", "count=1001", 101), ("GetSmsHistory", "count=-1", 101), ("GetSmsHistory", "count=all", 101),
    ("GetSmsHistory", "offset=-1", 101), ("GetSmsHistory", "direction=Out", 101),
    ("GetSmsHistory", "direction=both", 101), ("GetSmsHistory", "output=xml", 101),
    ("GetSmsHistory", "from_date=2026-03-01", 111), ("GetSmsHistory", "from_date=2026-03-01T12:00:00Z", 111),
    ("GetSmsHistory", "to_date=2026-02-30 12:00:00", 111), ("GetSmsHistory", "to_date=now", 111),
    ("A2PGetSmsHistory", "count=1001", 101), ("A2PGetSmsHistory", "delivery_status=0", 101),
    ("A2PGetSmsHistory", "delivery_status=9", 101), ("A2PGetSmsHistory", "delivery_status=DELIVERED", 101),
    ("A2PGetSmsHistory", "output=CSV", 101), ("A2PGetSmsHistory", "to_date=01-03-2026 12:00:00", 111),
  ]

  @Test("Filters that can't be read are errors with their code", arguments: refused)
  func refusals(method: String, form: String, code: Int) throws {
    var account = VoximplantAccount()
    let reply = try account.call(method, form)
    #expect(reply.status == 200)
    #expect(reply.json["error"]?["code"]?.int == code)
    #expect(reply.json["result"] == nil)
  }
}

extension JSONValue {
  /// The members of an object, whatever their order.
  fileprivate var members: [String: JSONValue] {
    Dictionary((object?.members ?? []).map { ($0.name, $0.value) }) { $1 }
  }
}
