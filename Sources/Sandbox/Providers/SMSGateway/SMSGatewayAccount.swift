import Messaging
import TextFormats

/// The data of a customer in an installation of the SMS Gateway script.
struct SMSGatewayAccount: Sendable {
  let host: SMSGatewayHost
  let key: String
  /// How many more messages the customer can send; nil for no limit.
  var credits: Int?
  let devices = [
    SMSGatewayDevice(id: 1, name: "Front desk", model: "Sandbox One", androidVersion: "14"),
    SMSGatewayDevice(id: 2, name: "Back office", model: "Sandbox Two", androidVersion: "9"),
  ]
  var contactLists = [1: SMSGatewayContactList(numbers: SampleData.friends.map { "+\($0)" })]
  /// Sent and received messages; the ID of each is its index, starting at 1.
  var messages: [SMSGatewayMessage]
  /// The ID of each is its index, starting at 1.
  var ussdRequests: [SMSGatewayUSSDRequest] = []
  var random: SplitMix64

  init(_ host: SMSGatewayHost, key: String, credits: Int?, seed: UInt64, startedAt start: Timestamp) {
    (self.host, self.key, self.credits) = (host, key, credits)
    messages = SMSGatewayMessage.received(before: start)
    random = SplitMix64(seed: seed)
  }

  /// Charges one credit per message.
  mutating func spend(_ count: Int) throws(Refusal) {
    guard let left = credits else { return }
    guard count <= left else { throw .noCredits }
    credits = left - count
  }
}

extension SMSGatewayAccount: ProviderAccount {
  func isLoggedIn(_ request: SandboxRequest) -> Bool {
    request.fields["key"] == key
  }

  /// Accepts both GET and POST (documents); replies to errors with HTTP 200 (seen).
  mutating func answer(_ request: SandboxRequest, at now: Timestamp) -> SandboxReply {
    guard let page = Page(path: request.path) else { return .notFound }
    do throws(Refusal) {
      guard request.fields["key"] != nil else { throw .parametersMissing }
      guard isLoggedIn(request) else { throw .invalidKey }
      return try answer(page, request.fields, at: now)
    } catch {
      return reply(to: error)
    }
  }

  private mutating func answer(
    _ page: Page, _ fields: FormFields, at now: Timestamp
  ) throws(Refusal) -> SandboxReply {
    switch page {
    case .send: try send(fields, at: now)
    case .readMessages: try readMessages(fields, at: now)
    case .resend: try resend(fields, at: now)
    case .manageContacts: try manageContacts(fields)
    case .sendUSSDRequest: try sendUSSDRequest(fields, at: now)
    case .readUSSDRequests: try readUSSDRequests(fields, at: now)
    case .getDevices: getDevices(at: now)
    }
  }

  private func reply(to refusal: Refusal) -> SandboxReply {
    guard refusal != .parametersMissing else { return SandboxReply().refusing("", "parameters missing") }
    let error: JSONValue = ["code": .number(refusal.code), "message": .string(refusal.message)]
    return .json(
      host.isCurrent ? ["success": false, "data": nil, "error": error] : ["success": false, "error": error]
    ).refusing(refusal.code, refusal.message)
  }

  /// A successful reply.
  static func reply(_ data: JSONValue, accepted: [AcceptedMessage] = []) -> SandboxReply {
    .json(["success": true, "data": data, "error": nil], accepted: accepted)
  }
}

/// A page of the script.
private enum Page: String {
  case send
  case readMessages = "read-messages"
  case resend
  case manageContacts = "manage-contacts"
  case sendUSSDRequest = "send-ussd-request"
  case readUSSDRequests = "read-ussd-requests"
  case getDevices = "get-devices"

  /// Parses `/services/NAME.php`.
  init?(path: String) {
    guard path.hasPrefix("/services/"), path.hasSuffix(".php") else { return nil }
    self.init(rawValue: String(path.dropFirst("/services/".count).dropLast(".php".count)))
  }
}

extension ProviderRefusal<SMSGatewayAccount> {
  /// The reply has an empty body (documents).
  static var parametersMissing: Self { Self("", "") }

  // These two were seen with real hosts.
  static var invalidKey: Self { Self(401, "Invalid API key") }
  static var unknownDevice: Self { Self(500, "This device doesn't exist in database.") }

  // No document shows the script's replies in these cases: the words are the sandbox's.
  static var unknownList: Self { Self(500, "This contacts list doesn't exist in database.") }
  static var unknownContact: Self { Self(500, "This contact doesn't exist in database.") }
  static var knownContact: Self { Self(500, "This contact already exists in contacts list.") }
  static var unknownMessage: Self { Self(500, "This message doesn't exist in database.") }
  static var unknownUSSDRequest: Self { Self(500, "This USSD request doesn't exist in database.") }
  static var noSubscribers: Self { Self(500, "This contacts list has no subscribed contacts.") }
  static var noCredits: Self { Self(500, "You don't have enough credits.") }

  static func invalid(_ parameter: String) -> Self { Self(400, "The value of \(parameter) is invalid.") }
}

extension SMSGatewayAccount {
  /// `manage-contacts.php`: adds a contact to a list, or unsubscribes one.
  mutating func manageContacts(_ fields: FormFields) throws(Refusal) -> SandboxReply {
    guard let listID = fields["listID"], let text = fields["number"] else { throw .parametersMissing }
    let number = try text.dialableNumber()
    let unsubscribes = try fields.flag("unsubscribe")
    let resubscribes = try fields.flag("resubscribe")
    guard let id = wholeNumber(listID), var list = contactLists[id] else { throw .unknownList }
    let contact =
      unsubscribes
      ? try list.unsubscribe(number) : try list.add(number, name: fields["name"], resubscribes: resubscribes)
    contactLists[id] = list
    return Self.reply(["contact": json(contact, in: id)])
  }

  private func json(_ contact: SMSGatewayContact, in list: Int) -> JSONValue {
    [
      "ID": host.json(contact.id), "number": .string(contact.number), "name": .optional(contact.name),
      "contactsListID": host.json(list), "subscribed": host.json(contact.isSubscribed),
    ]
  }
}

/// A list of recipients.
struct SMSGatewayContactList: Hashable, Sendable {
  /// In the order they were added.
  private(set) var contacts: [SMSGatewayContact] = []

  /// A list of people without names.
  init(numbers: [String]) {
    for number in numbers { append(number, name: nil) }
  }

  var subscribers: [String] { contacts.filter(\.isSubscribed).map(\.number) }

  /// Refuses a number that is there already, unless the customer resubscribes it.
  mutating func add(
    _ number: String, name: String?, resubscribes: Bool
  ) throws(SMSGatewayAccount.Refusal) -> SMSGatewayContact {
    guard let index = index(of: number) else {
      append(number, name: name)
      return contacts[contacts.count - 1]
    }
    guard resubscribes else { throw .knownContact }
    contacts[index].isSubscribed = true
    if let name { contacts[index].name = name }
    return contacts[index]
  }

  mutating func unsubscribe(_ number: String) throws(SMSGatewayAccount.Refusal) -> SMSGatewayContact {
    guard let index = index(of: number) else { throw .unknownContact }
    contacts[index].isSubscribed = false
    return contacts[index]
  }

  private mutating func append(_ number: String, name: String?) {
    contacts.append(SMSGatewayContact(id: contacts.count + 1, number: number, name: name))
  }

  private func index(of number: String) -> Int? {
    contacts.firstIndex { $0.number.withoutPlus == number.withoutPlus }
  }
}

/// A member of a contact list.
struct SMSGatewayContact: Hashable, Sendable {
  var id: Int
  var number: String
  var name: String?
  var isSubscribed = true
}

extension String {
  /// The number without `+`, for comparisons.
  fileprivate var withoutPlus: Substring { hasPrefix("+") ? dropFirst() : self[...] }
}
