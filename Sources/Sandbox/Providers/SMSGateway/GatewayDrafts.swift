import TextFormats

extension SMSGatewayState {
  /// The messages that a request of `send.php` asks for, in its order.
  func drafts(_ fields: FormFields) throws(GatewayRefusal) -> [GatewayDraft] {
    if let messages = fields["messages"] { return try drafts(json: messages) }
    let kind = try GatewayKind(type: fields["type"], attachments: fields["attachments"])
    let text = fields["message"]
    guard text != nil || kind.attachments != nil else { throw .parametersMissing }
    return try recipients(fields).map { number throws(GatewayRefusal) in
      try GatewayDraft(number: number, text: text ?? "", kind: kind)
    }
  }

  private func recipients(_ fields: FormFields) throws(GatewayRefusal) -> [String] {
    if let list = fields["listID"] { return try subscribers(list) }
    let numbers = fields.elements(of: "number")
    if !numbers.isEmpty { return numbers }
    guard let number = fields["number"] else { throw .parametersMissing }
    return [number]
  }

  private func subscribers(_ list: String) throws(GatewayRefusal) -> [String] {
    guard let id = wholeNumber(list), let numbers = contactLists[id]?.subscribers else { throw .unknownList }
    guard !numbers.isEmpty else { throw .noSubscribers }
    return numbers
  }

  private func drafts(json text: String) throws(GatewayRefusal) -> [GatewayDraft] {
    guard let elements = (try? JSONValue(parsing: text.utf8))?.array else { throw .invalid("messages") }
    guard !elements.isEmpty else { throw .parametersMissing }
    return try elements.map { element throws(GatewayRefusal) in
      let kind = try GatewayKind(type: element["type"]?.text, attachments: element["attachments"]?.text)
      guard let number = element["number"]?.text, let text = element["message"]?.text,
        !text.isEmpty || kind.attachments != nil
      else { throw .parametersMissing }
      return try GatewayDraft(number: number, text: text, kind: kind)
    }
  }
}

/// SMS or MMS.
private struct GatewayKind {
  var type: String
  var attachments: String?

  /// Attachments of an SMS are not looked at.
  init(type: String?, attachments: String?) throws(GatewayRefusal) {
    self.type = type ?? "sms"
    guard ["sms", "mms"].contains(self.type) else { throw .invalid("type") }
    guard self.type == "mms", let attachments, !attachments.isEmpty else { return }
    let addresses = attachments.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmingBlanks)
    guard addresses.allSatisfy({ $0.hasPrefix("http://") || $0.hasPrefix("https://") }) else {
      throw .invalid("attachments")
    }
    self.attachments = attachments
  }
}

extension GatewayDraft {
  fileprivate init(number: String, text: String, kind: GatewayKind) throws(GatewayRefusal) {
    self.init(number: try Self.number(number), text: text, type: kind.type, attachments: kind.attachments)
  }

  /// A number that a phone can dial.
  static func number(_ text: String) throws(GatewayRefusal) -> String {
    // The documents' own examples post `number=+1…` unencoded, and a form reads that plus sign as a space.
    let number = text.first == " " ? "+\(text.dropFirst())" : text
    guard number.isDialable else { throw .invalid("number") }
    return number
  }

  /// The number with a `+` in front, unless it is a national one.
  var internationalNumber: String {
    number.isInternationalDigits ? "+\(number)" : number
  }
}

extension String {
  /// Whether a phone can dial it: digits, perhaps with a `+` in front. The documents show `+911234567890` and
  /// `12345678790` as well as `0987654321`.
  fileprivate var isDialable: Bool {
    let digits = utf8.first == UInt8(ascii: "+") ? utf8.dropFirst() : utf8[...]
    return (3...15).contains(digits.count) && digits.allSatisfy(\.isDigit)
  }
}
