import Messaging
import TextFormats

@testable import Providers

extension CallFixture {
  static let voximplant = {
    let single = Voximplant(sampleSettings(["account_id": "42", "api_key": "K3Y"]))
    let a2p = Voximplant(sampleSettings(["account_id": "42", "api_key": "K3Y"], booleans: ["a2p": true]))
    return [history(of: single), a2pHistory(of: a2p)] + account(single)
  }()

  private static func history(of provider: Voximplant) -> CallFixture {
    let row: JSONValue = [
      "message_id": 42, "source_number": 15_550_100_099, "destination_number": "15550100001", "direction": "OUT",
      "fragments": 2, "cost": .number("0.0075"), "status_id": "1", "error_message": nil,
      "processed_date": "2021-09-18 19:48:35", "transaction_id": 5, "text": "Hello",
    ]
    let record = with(MessageRecord(status: .sent)) {
      ($0.id, $0.from, $0.to, $0.body) = ("42", "+15550100099", "+15550100001", "Hello")
      ($0.encoding, $0.segments, $0.price, $0.providerStatus) = (.gsm7, 2, "0.0075", "1")
      $0.sentAt = Timestamp(unixSeconds: 1_631_994_515)
      $0.raw = row
    }
    return CallFixture(
      .messageReading, of: Voximplant.self, provider.messages(query(), page: nil), "GetSmsHistory",
      ["count=1000", "offset=0"], reply: ["result": [row], "total_count": 1],
      answer: Page([record], rowKeys: ["42"]))
  }

  private static func a2pHistory(of provider: Voximplant) -> CallFixture {
    let row: JSONValue = [
      "message_id": "43", "source_number": "Sender", "destination_number": 15_550_100_001, "fragments": "1",
      "cost": "0.01", "status_id": 2, "error_message": "No such number", "processing_date": "2021-09-18",
      "transaction_id": 5, "delivery_status": "REJECTED",
    ]
    let record = with(MessageRecord(status: .failed)) {
      ($0.id, $0.from, $0.to, $0.segments, $0.price) = ("43", "Sender", "+15550100001", 1, "0.01")
      $0.providerStatus = "REJECTED"
      $0.error = MessageError(message: "No such number")
      $0.raw = row
    }
    return CallFixture(
      .messageReading, of: Voximplant.self, provider.messages(query(), page: nil), "A2PGetSmsHistory",
      ["count=1000", "offset=0"], reply: ["result": [row], "total_count": "1"],
      answer: Page([record], rowKeys: ["43"]))
  }

  private static func account(_ provider: Voximplant) -> [CallFixture] {
    let account: JSONValue = ["balance": .number("17.25"), "currency": "USD", "account_id": 42]
    return [
      CallFixture(
        .balanceReading, of: Voximplant.self, provider.balance(.messages), "GetAccountInfo", [],
        reply: ["result": account],
        answer: with(BalanceRecord(kind: .money, amount: "17.25", currency: "USD")) { $0.raw = account }),
      CallFixture(
        .numberControlling, of: Voximplant.self, provider.setMessaging(enabled: false, for: number()), "ControlSms",
        ["command=disable", "phone_number=15550100001"], reply: ["result": 1],
        answer: with(NumberRecord(number: "+15550100001", isEnabled: false)) { $0.raw = ["result": 1] }),
    ]
  }
}
