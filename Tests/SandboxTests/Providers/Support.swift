import Messaging
import TextFormats

@testable import Sandbox

/// A moment for tests: 2026-03-01T12:00:00Z.
let noon = Timestamp(unixSeconds: 1_772_366_400)

extension SandboxRequest {
  /// A form post as clients encode it.
  static func post(_ path: String, _ form: String, authorization: String? = nil) throws -> SandboxRequest {
    SandboxRequest(
      method: .post, path: path, body: try FormFields(urlEncoded: Array(form.utf8)), authorization: authorization)
  }

  static func get(_ path: String, _ query: String) throws -> SandboxRequest {
    SandboxRequest(method: .get, path: path, query: try FormFields(urlEncoded: Array(query.utf8)))
  }
}

extension SandboxReply {
  /// The body as JSON; null where it is none.
  var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }
}

extension SMSGatewayAccount {
  /// The host's first account, on a sandbox that started at noon.
  init(_ host: SMSGatewayHost, seed: UInt64) {
    self.init(
      host, key: host.key, credits: host == .vpixelpro ? nil : 1_000_000, seed: seed, startedAt: noon)
  }

  /// What a page of the script answers, so many seconds after noon.
  mutating func call(_ page: String, _ form: String, after seconds: Int64 = 0) throws -> SandboxReply {
    answer(try .post("/services/\(page).php", "key=\(key)&\(form)"), at: noon.adding(seconds: seconds))
  }

  /// The ids in the reply, as numbers.
  mutating func ids(_ page: String, _ form: String, after seconds: Int64 = 0) throws -> [Int?]? {
    let data = try call(page, form, after: seconds).json["data"]
    return (data?["messages"] ?? data?["requests"])?.array?.map { $0["ID"]?.int }
  }
}

extension SMSGatewayHost {
  var key: String { self == .vpixelpro ? SampleData.vpixelproKey : SampleData.sendappKey }
}

extension VoximplantAccount {
  init() {
    self.init(
      id: SampleData.voximplantID, key: SampleData.voximplantKey, balance: 10_000_000, startedAt: noon)
  }

  /// What a method answers, so many seconds after noon.
  mutating func call(_ method: String, _ form: String = "", after seconds: Int64 = 0) throws -> SandboxReply {
    let login = "account_id=\(id)&api_key=\(key)"
    return answer(try .post("/\(method)", "\(login)&\(form)"), at: noon.adding(seconds: seconds))
  }
}

extension SMSITAccount {
  init() {
    self.init(key: SampleData.smsitKey, credits: 1_000_000, voiceCredits: 500, seed: 1)
  }

  /// What a call answers, so many seconds after noon.
  mutating func call(_ name: String, _ form: String = "", after seconds: Int64 = 0) throws -> SandboxReply {
    answer(try .post("/apis/\(name)/", "apikey=\(key)&\(form)"), at: noon.adding(seconds: seconds))
  }

  /// The status in the reply.
  mutating func status(_ name: String, _ form: String = "") throws -> String? {
    try call(name, form).json["status"]?.text
  }
}

extension JSONValue {
  /// The texts or numbers of one member of each element; empty where there is none.
  func column(_ name: String) -> [String] {
    (array ?? []).map { $0[name]?.text ?? "" }
  }
}
