import Messaging
import Testing
import TextFormats

@testable import Providers

/// What the contract tests have to know of one call of one provider.
struct CallFixture: Sendable, CustomTestStringConvertible {
  typealias Answer = any Hashable & Sendable

  var name: String
  var capability: Capability
  var provider: any Provider.Type
  /// Without the credentials; the rest as `name=value`, sorted.
  var fields: [String]
  var path: String
  var request: HTTPRequest
  var decode: @Sendable (HTTPResponse) throws(ProviderError) -> Answer
  /// A reply as the documentation has it, and what it amounts to.
  var reply: JSONValue
  var answer: Answer
  /// Whether a refusal is an answer, too: there may be no such thing.
  var answersRefusals = false

  init<Value: Hashable & Sendable>(
    _ capability: Capability, of provider: any Provider.Type, _ call: APICall<Value>, _ path: String,
    _ fields: [String], reply: JSONValue, answer: Value, answersRefusals: Bool = false
  ) {
    name = "\(provider.descriptor.name) \(path) \(fields.joined(separator: " "))"
    self.capability = capability
    self.provider = provider
    self.fields = fields
    self.path = path
    let values = sampleSettings(["key": "K3Y", "account_id": "42", "api_key": "K3Y"])
    request = call.authorized(by: (try? provider.credentials(values)) ?? .none).request
    decode = { response throws(ProviderError) in try call.decode(response) }
    self.reply = reply
    self.answer = answer
    self.answersRefusals = answersRefusals
  }

  var testDescription: String { name }

  /// The call as the runner sees it.
  var call: APICall<[String]> {
    APICall(request: request) { [decode] response throws(ProviderError) in
      _ = try decode(response)
      return []
    }
  }

  /// What all calls of the provider share.
  var conventions: ProviderConventions { .of[provider.descriptor.name] ?? ProviderConventions() }

  static let all = gateways + voximplant + smsit
}

/// What the calls of a provider have in common.
struct ProviderConventions: Sendable {
  var credentials: [String] = []
  /// With the words "No such thing".
  var refusal = ""
  var code = ""
  var wrongCredentials = ""

  private static let gateway = ProviderConventions(
    credentials: ["key=K3Y"], refusal: #"{"success":false,"data":null,"error":{"code":7,"message":"No such thing"}}"#,
    code: "7", wrongCredentials: #"{"success":false,"data":null,"error":{"code":401,"message":"Invalid API key"}}"#)

  static let of = [
    "vpixelpro": gateway,
    "sendapp": gateway,
    "voximplant": ProviderConventions(
      credentials: ["account_id=42", "api_key=K3Y"], refusal: #"{"error":{"code":7,"msg":"No such thing"}}"#,
      code: "7", wrongCredentials: #"{"error":{"code":100,"msg":"Authorization failed"}}"#),
    "smsit": ProviderConventions(
      credentials: ["apikey=K3Y"], refusal: #"{"status":"-99","msg":"No such thing"}"#, code: "-99",
      wrongCredentials: #"{"status":"-1","msg":""}"#),
  ]
}

/// What a provider may be able to do beyond sending.
enum Capability: String, CaseIterable, Sendable {
  case listSending, messageReading, groupReporting, resending, contactAdding, contactUnsubscribing, contactListing
  case balanceReading, ussdSending, ussdReading, deviceListing, otpGenerating, otpVerifying, numberControlling
  case appointmentAdding

  func isOffered(by provider: any Provider.Type) -> Bool {
    switch self {
    case .listSending: provider is any ListSending.Type
    case .messageReading: provider is any MessageReading.Type
    case .groupReporting: provider is any GroupReporting.Type
    case .resending: provider is any Resending.Type
    case .contactAdding: provider is any ContactAdding.Type
    case .contactUnsubscribing: provider is any ContactUnsubscribing.Type
    case .contactListing: provider is any ContactListing.Type
    case .balanceReading: provider is any BalanceReading.Type
    case .ussdSending: provider is any USSDSending.Type
    case .ussdReading: provider is any USSDReading.Type
    case .deviceListing: provider is any DeviceListing.Type
    case .otpGenerating: provider is any OTPGenerating.Type
    case .otpVerifying: provider is any OTPVerifying.Type
    case .numberControlling: provider is any NumberControlling.Type
    case .appointmentAdding: provider is any AppointmentAdding.Type
    }
  }
}

/// A value after some of it was changed.
func with<Value>(_ value: Value, _ change: (inout Value) -> Void) -> Value {
  var value = value
  change(&value)
  return value
}

/// A choice of messages, of which a test names only what it is about.
func query(_ change: (inout MessageQuery) -> Void = { _ in }) -> MessageQuery {
  with(MessageQuery(), change)
}

func number(_ e164: String = "+15550100001") -> PhoneNumber {
  message(to: e164).to
}

extension APICall {
  /// What a 200 reply with this body amounts to.
  func answer(_ body: String) throws(ProviderError) -> Value {
    try decode(HTTPResponse(status: 200, body: Array(body.utf8)))
  }

  /// The fields of the request as `name=value`, sorted.
  var fields: [String] {
    request.form.map { "\($0.name)=\($0.value)" }.sorted()
  }
}
