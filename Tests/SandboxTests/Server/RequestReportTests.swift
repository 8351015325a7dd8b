import Messaging
import Testing
import TextFormats

@testable import Sandbox

/// What the sandbox shows of requests.
@Suite struct RequestReportTests {
  private static let key = SampleData.vpixelproKey

  /// A request to V Pixel Pro, and how its line ends.
  static let reports: [(target: String, form: String, fault: FaultKind?, line: String)] = [
    ("send.php", "number=%2B15550100001&message=Hello", nil, #"send.php  accepted 4  +15550100001  "Hello""#),
    (
      "send.php?key=\(key)", "number=%2B15550100001&message=Hello", nil,
      #"send.php  accepted 4  +15550100001  "Hello""#
    ),
    (
      "send.php", "number%5B%5D=15550100001&number%5B%5D=15550100002&message=a%1B%5B31m%0Ab", nil,
      #"send.php  accepted 4, 5  +15550100001, +15550100002  "a\x1b[31m\nb""#
    ),
    ("send.php", "listID=9&message=Hi", nil, "send.php  refused 500  This contacts list doesn't exist in database."),
    ("send.php", "", nil, "send.php  answered"), ("nothing.php", "", nil, "nothing.php  HTTP 404"),
    ("send.php", "listID=1&message=Hi", .http429, "send.php  fault http-429"),
    (
      "send.php", "number=%2B15550100001&message=Hello", .dropAfter,
      #"send.php  accepted 4  +15550100001  "Hello"  fault drop-after"#
    ),
  ]

  @Test("A request is one line: what was called, what was taken or refused, and no key", arguments: reports.indices)
  func line(index: Int) throws {
    let (target, form, fault, expected) = Self.reports[index]
    var providers = SandboxProviders(seed: 1, startedAt: noon)
    let path = "/vpixelpro/services/\(target)"
    let head = RequestHead(
      method: "POST", target: path, minorVersion: 1,
      fields: [
        HeaderField("content-type", "application/x-www-form-urlencoded")
      ])
    let raw = RawRequest(head: head, body: Array("key=\(Self.key)\(form.isEmpty ? "" : "&\(form)")".utf8))
    let addressed = try #require(try AddressedRequest(raw))
    let reply = fault?.replyInstead ?? providers.answer(addressed, at: noon)
    let line = RequestReport(head: head, reply: reply, fault: fault).line
    #expect(line == "POST /vpixelpro/services/\(expected)")
    #expect(!line.contains(Self.key))
  }

  @Test("A long batch names the first three of its messages")
  func batch() throws {
    var account = SMSGatewayAccount(.vpixelpro, seed: 1)
    let rows = (1...5).map { #"{"number":"+1555010000\#($0)","message":"Hi"}"# }
    let reply = try account.call("send", "messages=[\(rows.joined(separator: ","))]")
    let head = RequestHead(method: "POST", target: "/a", minorVersion: 1, fields: [])
    let numbers = "+15550100001, +15550100002, +15550100003 and 2 more"
    #expect(
      RequestReport(head: head, reply: reply, fault: nil).line
        == #"POST /a  accepted 4, 5, 6 and 2 more  \#(numbers)  "Hi""#)
  }

  @Test(
    "A2P takes any SenderID of 1 to 11 letters and digits, and no number that isn't the account's",
    arguments: [
      ("A", true), ("MyShop2026X", true), ("24680", true), ("15550100102", true), ("MyShop2026XY", false),
      ("My Shop", false), ("Caf\u{e9}", false), ("15550100199", false),
    ])
  func senderID(sender: String, isTaken: Bool) throws {
    var account = VoximplantAccount()
    let form = "src_number=\(sender)&dst_numbers=15550100001&text=Hi"
    #expect(try account.call("A2PSendSms", form).accepted.count == (isTaken ? 1 : 0))
  }
}
