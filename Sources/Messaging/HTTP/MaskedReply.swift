import TextFormats

extension HTTPResponse {
  /// The reply as adapters see it: the request's secrets are masked in it, so that no record, error or ledger ever
  /// contains them. The user's own texts stay, as messages are identified by them.
  ///
  /// JSON is masked value by value, as escapes may break up the bytes of a secret.
  func masked(by mask: SecretMask, replyTo request: HTTPRequest) -> HTTPResponse {
    guard mask.isFound(in: body) else { return self }
    var masked = self
    masked.body = []
    if let json = try? JSONValue(parsing: body) {
      json.masked(by: mask, except: request.ownTexts).write(to: &masked.body)
    } else {
      masked.body.append(text: mask.masking(String(decoding: body, as: UTF8.self)))
    }
    return masked
  }
}

extension JSONValue {
  /// The document with every secret in its texts, numbers and names masked, except in `texts`.
  package func masked(by mask: SecretMask, except texts: Set<String> = []) -> JSONValue {
    switch self {
    case .null, .bool: return self
    case .string(let text): return .string(texts.contains(text) ? text : mask.masking(text))
    case .number(let digits):
      let masked = mask.masking(digits)
      return masked == digits || texts.contains(digits) ? self : .string(masked)
    case .array(let elements): return .array(elements.map { $0.masked(by: mask, except: texts) })
    case .object(let object):
      let members = object.members.map {
        JSONObject.Member(mask.masking($0.name), $0.value.masked(by: mask, except: texts))
      }
      return .object(JSONObject(members))
    }
  }

  /// Every text and number in the document, without names.
  fileprivate var texts: [String] {
    switch self {
    case .null, .bool: []
    case .string(let text), .number(let text): [text]
    case .array(let elements): elements.flatMap(\.texts)
    case .object(let object): object.members.flatMap(\.value.texts)
    }
  }
}

extension HTTPRequest {
  /// What the user wants to send: the values of the request's form, including JSON in them, or of its JSON.
  fileprivate var ownTexts: Set<String> {
    if case .json(let json) = body { return Set(json.texts) }
    let values = form.filter { !$0.isSecret }.map(\.value)
    return Set(values + values.compactMap { try? JSONValue(parsing: $0.utf8) }.flatMap(\.texts))
  }
}
