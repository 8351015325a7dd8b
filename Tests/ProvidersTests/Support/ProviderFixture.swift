import Messaging
import Testing
import TextFormats

@testable import Providers

/// What the contract tests have to know of a provider.
struct ProviderFixture: Sendable, CustomTestStringConvertible {
  var name: String
  var type: any Provider.Type
  var settings: SettingValues
  var secrets: [String]
  /// Messages that may share a request; one where the provider takes one at a time.
  var batch: [OutgoingMessage]
  /// What a reply says of a message that was taken under this id.
  var row: @Sendable (OutgoingMessage, _ id: Int) -> JSONValue
  /// A reply with these rows; for a provider that takes one message at a time, its only row is the reply.
  var reply: @Sendable ([JSONValue]) -> JSONValue
  /// A refusal of the whole request, with code 7 and the words "No such thing" where the provider has both.
  var refusal: String
  var wrongCredentials: String?
  /// The most UTF-16 code units in a text.
  var textLimit: Int?
  /// Messages that may not share a request with the first of `batch`.
  var strangers: [OutgoingMessage] = []

  var provider: any Provider { get throws(SettingError) { try type.init(settings) } }

  /// The call that sends these messages, with the profile's credentials.
  func send(_ batch: [OutgoingMessage]) throws(SettingError) -> APICall<[MessageRecord]> {
    try provider.send(batch).authorized(by: type.credentials(settings))
  }

  var takesBatches: Bool { batch.count > 1 }
  var testDescription: String { name }

  /// A reply that takes all messages, the first under the id 100.
  var acceptance: JSONValue {
    reply(batch.enumerated().map { row($1, 100 + $0) })
  }

  static let all = gateways + [voipcomm] + voximplant + [smsit]
  static let batching = all.filter(\.takesBatches)
}

extension ProviderFixture {
  private static let gateways = [VPixelPro.self as any Provider.Type, Sendapp.self].map { type in
    ProviderFixture(
      name: type.descriptor.name, type: type, settings: sampleSettings(["key": "K3Y"]), secrets: ["K3Y"],
      batch: texts(["One", "Two", "Three"]) + [message("One", to: "+15550100002")],
      row: { message, id in
        [
          "ID": .number(String(id)), "number": .string(message.to.e164), "message": .string(message.body),
          "status": "Pending",
        ]
      },
      reply: { ["success": true, "data": ["messages": .array($0)], "error": nil] },
      refusal: #"{"success":false,"data":null,"error":{"code":7,"message":"No such thing"}}"#,
      wrongCredentials: #"{"success":false,"data":null,"error":{"code":401,"message":"Invalid API key"}}"#,
      strangers: [
        message(at: 1_800_000_000), message { $0.isPriority = true }, message { $0.deviceScope = .allSIMs },
        message { $0.devices = [DeviceSelector(id: 2)] }, message { $0.usesRandomDevice = true },
      ])
  }

  private static let voipcomm = ProviderFixture(
    name: "voipcomm", type: VoIPCommunications.self,
    settings: sampleSettings(["key": "K3Y", "password": "P4SS"]), secrets: ["K3Y", "P4SS"], batch: numbers(),
    row: { message, id in
      ["code": 200, "to": .string(message.to.digits), "msg": .string(message.body), "smsid": .string(String(id))]
    },
    reply: { ["send_log": .array($0)] },
    refusal: #"{"error":7,"error_message":"No such thing"}"#, wrongCredentials: nil,
    strangers: [message("Other"), message(from: "+15550100099"), message(at: 1_800_000_000)])

  private static let voximplant = [
    ProviderFixture(
      name: "voximplant", type: Voximplant.self,
      settings: sampleSettings(["account_id": "42", "api_key": "K3Y", "from": "+15550100099"]), secrets: ["K3Y"],
      batch: [message()],
      row: { _, id in ["result": 1, "message_id": .number(String(id)), "fragments_count": 1] },
      reply: { $0[0] },
      refusal: #"{"error":{"code":7,"msg":"No such thing"}}"#,
      wrongCredentials: #"{"error":{"code":100,"msg":"Authorization failed"}}"#, textLimit: 765,
      strangers: [message("Other"), message(from: "+15550100098")]),
    ProviderFixture(
      name: "voximplant, A2P by a service account", type: Voximplant.self,
      settings: sampleSettings(
        ["from": "Sender"], booleans: ["a2p": true],
        keyFile: #"{"account_id":42,"key_id":"K1","private_key":"PR1VATE"}"#),
      secrets: ["PR1VATE"], batch: numbers(),
      row: { message, id in
        ["message_id": .number(String(id)), "destination_number": .string(message.to.digits)]
      },
      reply: { ["result": .array($0), "failed": [], "fragments_count": 1] },
      refusal: #"{"error":{"code":7,"msg":"No such thing"}}"#,
      wrongCredentials: #"{"error":{"code":104,"msg":"Forbidden"}}"#, textLimit: 1600,
      strangers: [message("Other"), message(from: "Else")]),
  ]

  private static let smsit = ProviderFixture(
    name: "smsit", type: SMSIT.self, settings: sampleSettings(["key": "K3Y", "from": "15550100099"]),
    secrets: ["K3Y"], batch: [message()],
    row: { _, _ in ["status": "0", "msg": ""] },
    reply: { $0[0] },
    refusal: #"{"status":"-7","msg":"No such thing"}"#,
    wrongCredentials: #"{"status":"-1","msg":""}"#,
    strangers: [message("Other"), message(at: 1_800_000_000)])

  private static func texts(_ texts: [String]) -> [OutgoingMessage] {
    texts.map { message($0) }
  }

  private static func numbers() -> [OutgoingMessage] {
    (1...4).map { message(to: "+1555010000\($0)") }
  }
}
