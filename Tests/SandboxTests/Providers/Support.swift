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
