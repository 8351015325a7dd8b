import Testing
import TextFormats

@testable import Sandbox

/// What is about the phones themselves: USSD requests and the list of devices.
@Suite struct SMSGatewayPhonesTests {
  @Test("The answer to a USSD request is there after a while")
  func answer() throws {
    var account = SMSGatewayAccount(.vpixelpro, seed: 1)
    let sent = try account.call("send-ussd-request", "request=*150%23&device=1&sim=1").json["data"]
    let request: JSONValue = [
      "ID": 1, "deviceID": 1, "simSlot": 1, "userID": 1, "request": "*150#", "response": nil,
      "sentDate": "2026-03-01T18:00:00+0600", "responseDate": nil,
    ]
    #expect(sent == ["request": request])
    #expect(try account.call("read-ussd-requests", "id=1", after: 1).json["data"] == ["requests": [request]])
    let answered = try account.call("read-ussd-requests", "id=1", after: 2).json["data"]?["requests"]?.array?.first
    #expect(answered?["response"] == "*150#: your balance is 17.25.")
    #expect(answered?["responseDate"] == "2026-03-01T18:00:02+0600")
  }

  @Test("A code that ends in 9999# is never answered")
  func silence() throws {
    var account = SMSGatewayAccount(.sendapp, seed: 1)
    let sent = try account.call("send-ussd-request", "request=*9999%23&device=2").json["data"]?["request"]
    #expect(sent?["ID"] == "1")
    #expect(sent?["simSlot"] == .null)
    let late = try account.call("read-ussd-requests", "id=1", after: 86_400).json["data"]?["requests"]?.array?.first
    #expect(late?["response"] == .null)
  }

  static let found: [(form: String, ids: [Int])] = [
    ("", [1, 2, 3]), ("id=2", [2]), ("request=*150%23", [1, 3]), ("request=*150", []), ("deviceID=2", [3]),
    ("request=*150%23&deviceID=1", [1]), ("simSlot=1", [2]), ("simSlot=0", [3]),
    // noon is 1772366400; both ends count.
    ("startTimestamp=1772366401", [2, 3]), ("endTimestamp=1772366410", [1, 2]),
    ("startTimestamp=1772366410&endTimestamp=1772366410", [2]), ("id=9", []), ("id=x", []),
  ]

  @Test("USSD requests are found by id, or by code, device, SIM and time", arguments: found)
  func reading(form: String, ids: [Int]) throws {
    var account = SMSGatewayAccount(.vpixelpro, seed: 1)
    _ = try account.call("send-ussd-request", "request=*150%23&device=1")
    _ = try account.call("send-ussd-request", "request=%23100*2%23&device=1&sim=1", after: 10)
    _ = try account.call("send-ussd-request", "request=*150%23&device=2&sim=0", after: 20)
    #expect(try account.ids("read-ussd-requests", form, after: 30) == ids)
  }

  static let refused: [(form: String, code: Int?)] = [
    ("request=*150%23", nil), ("device=1", nil), ("request=*150%23&device=3", 500),
    ("request=*150%23&device=one", 500), ("request=*150%23&device=1&sim=2", 500),
    ("request=*150%23&device=1&sim=x", 500), ("request=150&device=1", 400), ("request=%23%23&device=1", 400),
    ("request=*150&device=1", 400), ("request=*abc%23&device=1", 400),
  ]

  @Test("What is refused is not dialled", arguments: refused)
  func refusals(form: String, code: Int?) throws {
    var account = SMSGatewayAccount(.vpixelpro, seed: 1)
    let reply = try account.call("send-ussd-request", form)
    #expect(reply.status == 200)
    #expect(reply.json["error"]?["code"]?.int == code)
    #expect(reply.body.isEmpty == (code == nil))
    #expect(try account.ids("read-ussd-requests", "") == [])
  }

  @Test("A filter that can't be read and, on an older host, an unknown id are errors")
  func searchRefusals() throws {
    var account = SMSGatewayAccount(.sendapp, seed: 1)
    #expect(try account.call("read-ussd-requests", "deviceID=x").json["error"]?["code"] == 400)
    #expect(try account.call("read-ussd-requests", "id=1").json["error"]?["code"] == 500)
  }

  @Test("Devices 1 and 2 with their SIMs, by slot or in order, as each host writes them")
  func devices() throws {
    var (current, older) = (SMSGatewayAccount(.vpixelpro, seed: 1), SMSGatewayAccount(.sendapp, seed: 1))
    let devices = try #require(try current.call("get-devices", "").json["data"]?["devices"])
    #expect(
      devices.array?.first == [
        "id": 1, "name": "Front desk", "model": "Sandbox One", "androidVersion": "14", "appVersion": "9.1.0",
        "lastSeenAt": "2026-03-01T18:00:00+0600",
        "sims": ["0": "Sandbox Mobile [+15550100210]", "1": "Sandbox Mobile [+15550100211]"],
      ])
    #expect(devices.column("id") == ["1", "2"])
    let others = try #require(try older.call("get-devices", "").json["data"]?["devices"]?.array)
    #expect(others[1]["id"] == "2")
    #expect(others[1]["sims"] == ["Sandbox Mobile [+15550100220]", "Sandbox Mobile [+15550100221]"])
  }
}
