import Messaging
import TextFormats

/// Voximplant's Management API: single messages or, with `a2p`, one text to many numbers per request.
struct Voximplant: HistoryKeeping, BalanceReading, NumberControlling {
  static let descriptor = ProviderDescriptor(
    name: "voximplant", title: "Voximplant", defaultBaseURL: "https://api.voximplant.com/platform_api",
    settings: [
      SettingSpec("account_id", .string, help: "Account ID that the API key belongs to"),
      SettingSpec("api_key", .secret, help: "API key"),
      SettingSpec(
        "service_account", .file, help: "JSON key file, instead of account_id and api_key"),
      SettingSpec("from", .sender, help: "Sender: a number or, with a2p, a sender ID"),
      SettingSpec("a2p", .boolean, help: "Send application-to-person messages (A2PSendSms)"),
      SettingSpec("store_body", .boolean, help: "Let Voximplant store the texts of sent messages"),
    ],
    credentials: [["account_id", "api_key"], ["service_account"]],
    features: [.from], needsSender: true, statusWords: VoximplantHistory.a2p.words + VoximplantHistory.single.words)

  let history: VoximplantHistory
  private let settings: VoximplantSettings
  private let method: VoximplantSending

  init(_ values: SettingValues) {
    settings = VoximplantSettings(values)
    method = settings.isA2P ? .a2p : .single
    history = settings.isA2P ? .a2p : .single
  }

  /// The token of a service account identifies the account, so the form doesn't.
  static func credentials(_ values: SettingValues) throws(SettingError) -> Credentials {
    let setting = "service_account"
    guard let keyFile = values.files[setting] else {
      return .form([
        FormField("account_id", try values.required("account_id")),
        FormField("api_key", try values.required("api_key"), isSecret: true),
      ])
    }
    guard let account = ServiceAccount(keyFile: keyFile) else {
      throw .unusableFile(setting: setting, reason: "not a service account key file")
    }
    return .authorization(.token(account.token))
  }

  var batchLimit: Int { method.batchLimit }

  func objection(to message: OutgoingMessage) -> SendObjection? {
    method.objection(toSender: sender(of: message))
      ?? .length(of: message.body, limit: method.textLimit)
  }

  func batchKey(of message: OutgoingMessage) -> BatchKey {
    BatchKey(commonFields(of: message))
  }

  func send(_ batch: [OutgoingMessage]) -> APICall<[MessageRecord]> {
    let recipients = FormField(method.recipientField, batch.map(\.to.digits).joined(separator: ";"))
    let request = request(method.name, commonFields(of: batch[0]) + [recipients])
    return APICall(
      sending: request, to: batch.map { $0.to }, lists: { reply, _ in VoximplantSending.namesMessages(reply) }
    ) { [method] response throws(ProviderError) in
      try method.records(of: batch, in: response)
    }
  }

  /// A call of the API.
  func request(_ name: String, _ fields: [FormField]) -> HTTPRequest {
    HTTPRequest(url: "\(settings.baseURL)/\(name)", form: fields)
  }

  private func sender(of message: OutgoingMessage) -> String? {
    message.from?.unlessBlank ?? settings.sender
  }

  private func commonFields(of message: OutgoingMessage) -> [FormField] {
    FormField.sender(method.senderField, sender(of: message))
      + [FormField(method.textField, message.body)]
      + FormField.optional("store_body", settings.storesBody.map { $0 ? "true" : "false" })
  }
}

/// The settings of a profile, except its credentials.
struct VoximplantSettings {
  var baseURL: String
  var sender: String?
  /// Whether to send application-to-person messages.
  var isA2P: Bool
  /// Whether Voximplant stores texts; nil for the account's own setting.
  var storesBody: Bool?

  init(_ values: SettingValues) {
    (baseURL, sender) = (values.baseURL, values.text("from"))
    (isA2P, storesBody) = (values.booleans["a2p"] == true, values.booleans["store_body"])
  }
}

/// A Voximplant service account, from its JSON key file.
struct ServiceAccount: Hashable, Sendable {
  /// In seconds; the provider allows an hour.
  private static let lifetime: Int64 = 3600
  /// How far our clock may be ahead of the provider's, in seconds.
  private static let clockSkew: Int64 = 5

  var accountID: String
  var keyID: String
  /// The RSA private key in PEM format.
  var privateKey: String

  init(accountID: String, keyID: String, privateKey: String) {
    self.accountID = accountID
    self.keyID = keyID
    self.privateKey = privateKey
  }

  /// Reads a key file as issued by Voximplant, which is sometimes wrapped in `result`; nil for anything else.
  init?(keyFile: [UInt8]) {
    guard let json = try? JSONValue(parsing: keyFile) else { return nil }
    let key = json["result"] ?? json
    guard let accountID = key["account_id"]?.text, let keyID = key["key_id"]?.text,
      let privateKey = key["private_key"]?.text
    else { return nil }
    self.init(accountID: accountID, keyID: keyID, privateKey: privateKey)
  }

  /// A JSON Web Token (RFC 7519) with an RS256 signature, which requires the `openssl` program.
  var token: SignedToken {
    SignedToken(id: "\(accountID) \(keyID)", privateKey: privateKey) { now in
      let (issuedAt, expiresAt) = (now - Self.clockSkew, now - Self.clockSkew + Self.lifetime)
      let header: JSONValue = ["alg": "RS256", "typ": "JWT", "kid": .string(keyID)]
      let claims: JSONValue = [
        "iss": issuer, "iat": .number(String(issuedAt)), "exp": .number(String(expiresAt)),
      ]
      let signed = "\(Base64.urlEncoded(header.compact.utf8)).\(Base64.urlEncoded(claims.compact.utf8))"
      return SignatureRequest(
        command: ["openssl", "dgst", "-sha256", "-sign", "/dev/fd/3"], input: Array(signed.utf8), expiresAt: expiresAt
      ) { signature in
        "\(signed).\(Base64.urlEncoded(signature))"
      }
    }
  }

  /// The account's ID, a number as in the key file.
  private var issuer: JSONValue {
    Int(accountID).map { .number(String($0)) } ?? .string(accountID)
  }
}
