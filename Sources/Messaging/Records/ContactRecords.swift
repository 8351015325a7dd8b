import TextFormats

/// A contact on a list kept by the provider.
public struct ContactRecord: Record, Hashable {
  public var id: String?
  /// ID of the list or name of the group.
  public var list: String?
  public var number: String?
  public var name: String?
  public var email: String?
  /// `YYYY-MM-DD`, or as the provider writes it.
  public var birthday: String?
  public var isSubscribed: Bool?
  /// One of `ContactSource`, or the provider's own word.
  public var source: String?
  public var createdAt: Timestamp?
  public var raw: JSONValue?

  public init() {}

  public static var plural: String { "contacts" }
  public static var importance: [String] { ["number", "name", "subscribed", "list", "id", "email"] }

  public static let fields: [RecordField<ContactRecord>] = [
    RecordField("id", \.id, [.inTable, .name], meaning: "the provider's ID of the contact"),
    RecordField("list", \.list, [.inTable, .name], meaning: "the list or group"),
    RecordField("number", \.number, [.inTable, .name], meaning: "the phone number"),
    RecordField("name", \.name, .inTable, meaning: "the name"),
    RecordField("email", \.email, [.inTable, .name], meaning: "the email address"),
    RecordField("birthday", \.birthday, meaning: "the birthday, as YYYY-MM-DD"),
    RecordField("subscribed", \.isSubscribed, .inTable, meaning: "whether the contact gets messages to the list"),
    RecordField("source", \.source, meaning: "how the contact was added"),
    RecordField("created_at", \.createdAt, meaning: "when the contact was added"),
  ]
}

/// An appointment with a contact.
public struct AppointmentRecord: Record, Hashable {
  public var number: String
  public var at: Timestamp
  public var status: AppointmentStatus
  public var raw: JSONValue?

  public init(number: String, at: Timestamp, status: AppointmentStatus) {
    self.number = number
    self.at = at
    self.status = status
  }

  public static let fields: [RecordField<AppointmentRecord>] = [
    RecordField("number", \.number, [.inTable, .name], meaning: "the contact's phone number"),
    RecordField("at", \.at, .inTable, meaning: "when it takes place"),
    RecordField("status", \.status, [.inTable, .status], meaning: "unconfirmed, confirmed, canceled, or rescheduled"),
  ]
}

/// The outcomes of a group send, as counted by the provider.
public struct GroupReport: Record, Hashable {
  public var groupID: String
  public var successful: Int
  public var failed: Int
  public var raw: JSONValue?

  public init(groupID: String, successful: Int, failed: Int) {
    self.groupID = groupID
    self.successful = successful
    self.failed = failed
  }

  public static let fields: [RecordField<GroupReport>] = [
    RecordField("group_id", \.groupID, [.inTable, .name], meaning: "the ID of the group message"),
    RecordField("successful", \.successful, [.inTable, .numeric], meaning: "messages delivered"),
    RecordField("failed", \.failed, [.inTable, .numeric], meaning: "messages not delivered"),
  ]
}
