import Messaging
import Testing
import TextFormats

@testable import Providers

/// What holds for every call beyond sending, whichever provider it goes to.
@Suite struct CallContractTests {
  private static let garbage = [
    "", " \r\n", "<html><body>502 Bad Gateway</body></html>", "<br />\n<b>Warning</b>: mysqli_connect()", "null",
    "[]", "{}", "true", "0", "-1", "\"ok\"", "\u{FEFF}", #"{"success":"yes"}"#, #"{"success":true}"#,
    #"{"success":true,"data":null}"#, #"{"success":true,"data":[]}"#, #"{"success":true,"data":{}}"#,
    #"{"success":true,"data":{"messages":{},"requests":{},"devices":{},"contact":[],"request":[],"credits":[]}}"#,
    #"{"success":true,"data":{"messages":[1],"requests":[null],"devices":["x"],"credits":"many"}}"#,
    #"{"result":{}}"#, #"{"result":0}"#, #"{"result":"ok"}"#, #"{"result":1e999}"#, #"{"result":[1]}"#,
    #"{"result":{"balance":null}}"#, #"{"result":{"balance":"1e9"}}"#, #"{"total_count":5}"#,
    #"{"status":"ok"}"#, #"{"status":1e999}"#, #"{"status":"-99999999999999999999999999"}"#, #"{"status":-1.5}"#,
    #"{"status":null,"msg":"Done"}"#, #"{"contacts":{}}"#, #"{"contacts":[7]}"#, #"{"successful":"145"}"#,
    #"{"successful":"-1","failed":"7"}"#, #"{"successful":[],"failed":{}}"#, #"{"creditbalancenumber":"lots"}"#,
    #"{"smsstatus":null}"#,
    #"{"status":"-99999999999999999999","creditbalancenumber":"5","smsstatus":"sent","successful":1,"failed":1}"#,
    #"{"status":"-99999999999999999999","contacts":[]}"#, #"{"status":"Success2","otp":"94b87b"}"#, #"{"error":null}"#,
    #"{"error":[]}"#, "1", String(repeating: "[", count: 100_000), "{\"success\":true,\"status\":\"0\u{0}\"",
    #"{"success":"yes","data":[],"send_log":{},"result":[1],"status":{}}"#,
    #"{"status":1e999,"result":1e999,"success":1e999,"send_log":[{"code":1e999,"to":1e999}]}"#,
  ]

  @Test("Every call that a provider offers is held to this contract", arguments: ProviderRegistry.all.indices)
  func coverage(index: Int) {
    let provider = ProviderRegistry.all[index]
    let covered = CallFixture.all.filter { $0.provider == provider }.map(\.capability)
    #expect(Set(covered) == Set(Capability.allCases.filter { $0.isOffered(by: provider) }))
  }

  @Test("What each provider can do is what its documentation offers")
  func offers() {
    let gateway: Set<Capability> = [
      .listSending, .messageReading, .resending, .contactAdding, .contactUnsubscribing, .balanceReading, .ussdSending,
      .ussdReading, .deviceListing,
    ]
    let expected: [String: Set<Capability>] = [
      "vpixelpro": gateway, "sendapp": gateway, "voipcomm": [],
      "voximplant": [.messageReading, .balanceReading, .numberControlling],
      "smsit": [
        .listSending, .messageReading, .groupReporting, .contactAdding, .contactListing, .balanceReading,
        .otpGenerating, .otpVerifying, .appointmentAdding,
      ],
    ]
    for provider in ProviderRegistry.all {
      let offered = Set(Capability.allCases.filter { $0.isOffered(by: provider) })
      #expect(offered == expected[provider.descriptor.name], "\(provider.descriptor.name)")
    }
  }

  @Test("A request is what the documentation names, and nothing empty", arguments: CallFixture.all)
  func request(fixture: CallFixture) {
    #expect(fixture.request.url == "https://sms.example/\(fixture.path)")
    let form = fixture.request.form.map { "\($0.name)=\($0.value)" }
    #expect(form.sorted() == (fixture.conventions.credentials + fixture.fields).sorted())
    #expect(Set(fixture.request.form.map(\.name)).count == form.count)
    #expect(fixture.request.form.allSatisfy { !$0.value.isEmpty && $0.isSecret == ($0.value == "K3Y") })
  }

  @Test("A reply as documented is read in full", arguments: CallFixture.all)
  func reply(fixture: CallFixture) throws {
    let answer = try fixture.decode(HTTPResponse(status: 200, body: fixture.reply.document))
    #expect(AnyHashable(answer) == AnyHashable(fixture.answer))
  }

  @Test("A refusal keeps the provider's code and words", arguments: CallFixture.all)
  func refusal(fixture: CallFixture) throws {
    let response = HTTPResponse(status: 200, body: Array(fixture.conventions.refusal.utf8))
    let expected = ProviderError(
      .refused, code: fixture.conventions.code, message: "No such thing", httpStatus: 200)
    if fixture.answersRefusals {
      #expect(try fixture.decode(response) as? Page<MessageRecord> == Page([], refusal: expected))
    } else {
      #expect(throws: expected) { try fixture.decode(response) }
    }
  }

  @Test("Refused credentials are told apart", arguments: CallFixture.all)
  func credentials(fixture: CallFixture) {
    let bodies = [(200, fixture.conventions.wrongCredentials), (401, "")]
    for (status, body) in bodies {
      let response = HTTPResponse(status: status, body: Array(body.utf8))
      let error = #expect(throws: ProviderError.self) { try fixture.call.value(of: .success(response)) }
      #expect(error?.kind == .credentials)
    }
  }

  @Test("A reply that is no answer is not to be trusted", arguments: CallFixture.all)
  func garbage(fixture: CallFixture) {
    for body in Self.garbage {
      let error = #expect(throws: ProviderError.self, "\(body)") {
        try fixture.decode(HTTPResponse(status: 200, body: Array(body.utf8)))
      }
      #expect(error?.kind == .untrusted, "\(body)")
    }
  }

  @Test(
    "A status other than success is not to be trusted, even with a body that answers", arguments: CallFixture.all,
    [301, 302, 303, 307, 308, 404, 500, 502, 503, 504])
  func status(fixture: CallFixture, status: Int) {
    for body in [[], fixture.reply.document] {
      let error = #expect(throws: ProviderError.self) {
        try fixture.call.value(of: .success(HTTPResponse(status: status, body: body)))
      }
      #expect(error?.kind == .untrusted)
    }
  }

  @Test("A reply that was cut off anywhere is not to be trusted", arguments: CallFixture.all)
  func truncation(fixture: CallFixture) {
    let whole = fixture.reply.document
    for length in whole.indices {
      let error = #expect(throws: ProviderError.self) {
        try fixture.decode(HTTPResponse(status: 200, body: Array(whole[..<length])))
      }
      #expect(error?.kind == .untrusted)
    }
  }

  /// One host of the SMS Gateway script does for both here: they share their code.
  @Test(
    "No value in a reply, however odd, does harm",
    arguments: CallFixture.all.filter { $0.provider != Sendapp.self })
  func mutations(fixture: CallFixture) {
    let harm = fixture.reply.mutations.filter { reply in
      guard let answer = try? fixture.decode(HTTPResponse(status: 200, body: reply.document)) else { return false }
      let records = answer as? [MessageRecord] ?? (answer as? Page<MessageRecord>)?.records ?? []
      return !records.allSatisfy(\.isConsistent) || (answer as? BalanceRecord)?.amount?.contains("e") == true
    }
    #expect(harm.isEmpty)
  }
}

extension MessageRecord {
  /// Whether it says why it failed, and has nothing empty or impossible in it.
  fileprivate var isConsistent: Bool {
    (self.status == .failed) == (error != nil) && raw != nil && self.id?.isEmpty != true && (self.segments ?? 1) > 0
  }
}
