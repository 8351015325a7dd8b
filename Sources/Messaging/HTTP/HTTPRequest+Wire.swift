extension HTTPRequest {
  /// The body as `application/x-www-form-urlencoded` (WHATWG URL, 5.2; a space as `+`).
  public var formBody: [UInt8] {
    var body: [UInt8] = []
    for field in form {
      if !body.isEmpty { body.append(UInt8(ascii: "&")) }
      body.appendFormEncoded(field.name)
      body.append(UInt8(ascii: "="))
      body.appendFormEncoded(field.value)
    }
    return body
  }

  /// Every secret in it, to be masked in what is shown of request and reply.
  public var secrets: [String] {
    let formSecrets = form.filter(\.isSecret).map(\.value)
    switch authorization {
    case .none: return formSecrets
    case .basic(let user, let password): return formSecrets + ["\(user):\(password)", user, password]
    case .serviceAccount(let account): return formSecrets + [account.privateKey]
    }
  }
}

extension [UInt8] {
  mutating func appendFormEncoded(_ text: String) {
    var text = text
    text.withUTF8 { for byte in $0 { appendFormEncoded(byte) } }
  }

  private mutating func appendFormEncoded(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"):
      append(byte)
    case UInt8(ascii: " "): append(UInt8(ascii: "+"))
    default:
      append(UInt8(ascii: "%"))
      append(hexDigit(byte >> 4))
      append(hexDigit(byte & 15))
    }
  }
}

private func hexDigit(_ nibble: UInt8) -> UInt8 {
  nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "A") + nibble - 10
}
