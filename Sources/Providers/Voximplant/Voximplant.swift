import Messaging
import TextFormats

/// Voximplant's Management API: single messages, or with `a2p` one text to many numbers in a request.
struct Voximplant: HistoryKeeping, BalanceReading, NumberControlling {
  static let descriptor = ProviderDescriptor(
    name: "voximplant", title: "Voximplant", defaultBaseURL: "https://api.voximplant.com/platform_api",
    settings: [
      SettingSpec("account_id", .string, help: "Account ID that the API key belongs to"),
      SettingSpec("api_key", .secret, help: "API key"),
      SettingSpec(
        "service_account", .file, help: "JSON key file of a service account, in place of account_id and api_key"),
      SettingSpec("from", .sender, help: "Number or, with a2p, sender ID to send from"),
      SettingSpec("a2p", .boolean, help: "Send application-to-person messages (A2PSendSms), many in a request"),
      SettingSpec("store_body", .boolean, help: "Whether Voximplant keeps the texts of sent messages"),
    ],
    credentials: [["account_id", "api_key"], ["service_account"]],
    features: [.from], needsSender: true)

  let history: VoximplantHistory
  private let settings: ProviderSettings
  private let account: ServiceAccount?
  private let method: VoximplantSending

  init(_ settings: ProviderSettings) {
    self.settings = settings
    account = settings.files["service_account"].flatMap(ServiceAccount.init(keyFile:))
    let isA2P = settings.booleans["a2p"] == true
    method = isA2P ? .a2p : .single
    history = isA2P ? .a2p : .single
  }

  var batchLimit: Int { method.batchLimit }

  func objection(to message: OutgoingMessage) -> SendObjection? {
    method.objection(toSender: settings.sender(message.from))
      ?? .length(of: message.body, limit: method.textLimit)
  }

  func batchKey(of message: OutgoingMessage) -> BatchKey {
    BatchKey(commonFields(of: message))
  }

  func send(_ batch: [OutgoingMessage]) -> APICall<[MessageRecord]> {
    let recipients = FormField(method.recipientField, batch.map(\.to.digits).joined(separator: ";"))
    let request = request(method.name, commonFields(of: batch[0]) + [recipients])
    return APICall(request: request) { [method] response throws(ProviderError) in
      try method.records(of: batch, in: response)
    }
  }

  /// A call of the API, with whichever credentials the profile has.
  func request(_ name: String, _ fields: [FormField]) -> HTTPRequest {
    let url = "\(settings.baseURL)/\(name)"
    if let account {
      // The token names the account, so the form doesn't.
      return HTTPRequest(url: url, form: fields, authorization: .token(account.token))
    }
    let credentials = [
      FormField("account_id", settings.strings["account_id", default: ""]),
      FormField("api_key", settings.strings["api_key", default: ""], isSecret: true),
    ]
    return HTTPRequest(url: url, form: credentials + fields)
  }

  private func commonFields(of message: OutgoingMessage) -> [FormField] {
    settings.senderField(method.senderField, message.from)
      + [FormField(method.textField, message.body)]
      + FormField.optional("store_body", settings.booleans["store_body"].map { $0 ? "true" : "false" })
  }
}
