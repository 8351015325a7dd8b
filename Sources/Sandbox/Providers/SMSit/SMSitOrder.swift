import Messaging
import TextFormats

/// What both ways of sending are told besides the recipient, checked in the order of the documents' statuses.
struct SMSitOrder: Hashable {
  var from: String
  var text: String
  var senderID: String?
  var scheduledAt: Timestamp?
  var recurrence: SMSitRecurrence?

  /// Reads the times; a bad date comes last, as its status does.
  init(
    from: String, text: String, senderID: String?, _ fields: FormFields, _ statuses: SMSitSendStatuses
  ) throws(SMSitRefusal) {
    (self.from, self.text, self.senderID) = (from, text, senderID)
    recurrence = try fields.smsitRecurrence(statuses)
    scheduledAt = try fields.smsitDate("sendondate")
  }

  /// One for each 160 characters, or each 70 where GSM 03.38 can't write them all.
  var credits: Int {
    let counted = Segmentation(of: text)
    let size = counted.encoding == .gsm7 ? 160 : 70
    return (counted.units + size - 1) / size
  }

  /// What the log notes beyond number and text.
  var options: [JSONObject.Member] {
    var options: [JSONObject.Member] = []
    if let senderID { options.append(.init("alphasender", .string(senderID))) }
    if let recurrence { options.append(.init("recurring", recurrence.json)) }
    return options
  }
}

/// A message that is sent again and again.
struct SMSitRecurrence: Hashable {
  /// `Daily`, `Weekly`, `Monthly` or `Yearly`.
  var period: String
  /// 1 to 30.
  var frequency: Int
  var end: Timestamp

  fileprivate var json: JSONValue {
    ["repeat": .string(period), "frequency": .int(frequency), "enddate": .string(end.rfc3339)]
  }
}

extension FormFields {
  /// The sender and text that every order needs.
  func smsitSenderAndText() throws(SMSitRefusal) -> (from: String, text: String) {
    guard let from = self["from"] else { throw .senderMissing }
    guard SandboxAccount.smsitSenders.contains(from) else { throw .unknownSender }
    guard let text = self["message"] else { throw .textMissing }
    return (from, text)
  }

  /// An alphanumeric sender ID: 1 to 11 letters and digits, one letter at least.
  func smsitSenderID() throws(SMSitRefusal) -> String? {
    guard let senderID = self["alphasender"] else { return nil }
    let characters = senderID.utf8
    guard characters.count <= 11, characters.allSatisfy({ $0.isDigit || $0.isLetter }),
      characters.contains(where: \.isLetter)
    else { throw .invalidSenderID }
    return senderID
  }

  /// A flag that is 1 or 0.
  func smsitFlag(_ name: String, orThrow refusal: SMSitRefusal) throws(SMSitRefusal) -> Bool {
    switch self[name] {
    case nil, "0": return false
    case "1": return true
    default: throw refusal
    }
  }

  /// A moment written `DD-MM-YYYY HH:MM`, read in UTC.
  func smsitDate(_ name: String) throws(SMSitRefusal) -> Timestamp? {
    guard let text = self[name] else { return nil }
    guard let time = CivilTime(dayFirst: text) else { throw .other }
    return Timestamp(unixSeconds: time.secondsSinceEpoch)
  }
}

extension FormFields {
  /// The series that is asked for. Repeat and frequency are checked also where there is none.
  func smsitRecurrence(_ statuses: SMSitSendStatuses) throws(SMSitRefusal) -> SMSitRecurrence? {
    let refusals = statuses.recurrence
    let isRecurring = try smsitFlag("recurring", orThrow: refusals.flag)
    let period = self["repeat"]
    guard period.map(["Daily", "Weekly", "Monthly", "Yearly"].contains) ?? !isRecurring else { throw refusals.period }
    let frequency = self["frequency"].map { wholeNumber($0) ?? 0 }
    guard frequency.map((1...30).contains) ?? !isRecurring else { throw refusals.frequency }
    guard isRecurring, let period, let frequency else { return nil }
    guard self["enddate"] != nil else { throw refusals.end }
    // A series begins with its first date and does not end before it; there is no status of its own for either.
    guard let start = try smsitDate("sendondate"), let end = try smsitDate("enddate"), start <= end else {
      throw .other
    }
    return SMSitRecurrence(period: period, frequency: frequency, end: end)
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
  }
}
