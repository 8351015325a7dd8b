import TextFormats

/// A contact on a list that the provider keeps.
public struct ContactRecord: Record, Hashable {
  public var id: String?
  /// ID of the list, or name of the group.
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
    RecordField("id", \.id, [.inTable, .name]), RecordField("list", \.list, [.inTable, .name]),
    RecordField("number", \.number, [.inTable, .name]), RecordField("name", \.name, .inTable),
    RecordField("email", \.email, [.inTable, .name]), RecordField("birthday", \.birthday),
    RecordField("subscribed", \.isSubscribed, .inTable), RecordField("source", \.source),
    RecordField("created_at", \.createdAt),
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
    RecordField("number", \.number, [.inTable, .name]), RecordField("at", \.at, .inTable),
    RecordField("status", \.status, [.inTable, .status]),
  ]
}

/// What became of the messages of a group send, counted by the provider.
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
    RecordField("group_id", \.groupID, [.inTable, .name]),
    RecordField("successful", \.successful, [.inTable, .numeric]),
    RecordField("failed", \.failed, [.inTable, .numeric]),
  ]
}
