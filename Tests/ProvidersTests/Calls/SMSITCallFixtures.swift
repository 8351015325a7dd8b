import Messaging
import TextFormats

@testable import Providers

extension CallFixture {
  static let smsit = sending + contacts + account

  private static let provider = SMSIT(sampleSettings(["key": "K3Y", "from": "+15550100099"], zone: .autumn))

  private static let sending = {
    let (group, report, status): (JSONValue, JSONValue, JSONValue) = (
      ["status": "5123", "msg": ""], ["successful": "145", "failed": "7"], ["smsstatus": "delivered", "errormsg": ""]
    )
    let sent = with(MessageRecord(ListMessage(list: "Friends", body: "Hello"), status: .accepted)) {
      $0.groupID = "5123"
      $0.raw = group
    }
    let delivered = with(MessageRecord(status: .delivered)) {
      ($0.to, $0.providerStatus, $0.raw) = ("+15550100001", "delivered", status)
    }
    return [
      CallFixture(
        .listSending, of: SMSIT.self, provider.send(ListMessage(list: "Friends", body: "Hello")), "apis/smsgroup/",
        ["from=15550100099", "message=Hello", "to=Friends"], reply: group, answer: [sent]),
      CallFixture(
        .groupReporting, of: SMSIT.self, provider.report(ofGroup: "5123"), "apis/getbulksmsdeliveryreport/",
        ["groupsmsid=5123"], reply: report,
        answer: with(GroupReport(groupID: "5123", successful: 145, failed: 7)) { $0.raw = report }),
      CallFixture(
        .messageReading, of: SMSIT.self, provider.messages(query { $0.to = number() }, page: nil),
        "apis/getcontactsmsdeliveryreport/", ["number=15550100001"], reply: status, answer: Page([delivered])),
    ]
  }()

  private static let contacts = {
    let row: JSONValue = [
      "id": "23", "name": "Ann", "birthday": "1981-06-12", "email": "ann@example.com", "number": "15550100001",
      "group": "Friends", "subscriber": "No", "source": "Web Widget", "carrier": "", "date": "2021-03-12 11:02:04",
    ]
    let contact = with(ContactRecord()) {
      ($0.id, $0.name, $0.birthday, $0.email) = ("23", "Ann", "1981-06-12", "ann@example.com")
      ($0.number, $0.list, $0.isSubscribed, $0.source) = ("+15550100001", "Friends", false, "web-widget")
      $0.createdAt = Timestamp(unixSeconds: 1_615_539_724)
      $0.raw = row
    }
    let added = with(ContactRecord()) {
      ($0.number, $0.list, $0.isSubscribed, $0.raw) = (
        "+15550100001", "Friends", true, ["status": "0", "msg": "Added"]
      )
    }
    return [
      CallFixture(
        .contactAdding, of: SMSIT.self, provider.add(NewContact(number: number(), list: "Friends")),
        "apis/addcontact/", ["group=Friends", "number=15550100001"], reply: ["status": "0", "msg": "Added"],
        answer: added),
      CallFixture(
        .contactListing, of: SMSIT.self, provider.contacts(ContactQuery(), page: nil), "apis/getcontacts/", [],
        reply: ["status": "0", "contacts": [row]],
        answer: Page([contact], rowKeys: ["23"])),
    ]
  }()

  private static let account = {
    let (balance, otp, valid): (JSONValue, JSONValue, JSONValue) = (
      ["creditbalancenumber": "145", "msg": "Your credit balance"],
      ["status": "Success", "msg": "OTP generated", "otp": "94b87b"], ["status": "Success", "msg": "OTP is valid"]
    )
    let at = Timestamp(unixSeconds: 1_772_357_400)
    return [
      CallFixture(
        .balanceReading, of: SMSIT.self, provider.balance(.voice), "apis/getcreditbalance/", ["type=2"],
        reply: balance, answer: with(BalanceRecord(kind: .voice, amount: "145")) { $0.raw = balance }),
      CallFixture(
        .otpGenerating, of: SMSIT.self, provider.generateOTP(), "apis/generateOTP/", [], reply: otp,
        answer: with(OTPRecord(code: "94b87b")) { ($0.message, $0.raw) = ("OTP generated", otp) }),
      CallFixture(
        .otpVerifying, of: SMSIT.self, provider.verifyOTP("94b87b"), "apis/validateOtp/", ["otp=94b87b"],
        reply: valid,
        answer: with(OTPRecord(code: "94b87b")) { ($0.isValid, $0.message, $0.raw) = (true, "OTP is valid", valid) }),
      CallFixture(
        .appointmentAdding, of: SMSIT.self,
        provider.add(NewAppointment(number: number(), at: at.adding(seconds: 59), status: .rescheduled)),
        "apis/addappointment/", ["apptdate=01-03-2026 11:30", "number=15550100001", "status=3"],
        reply: ["status": "0"],
        answer: with(AppointmentRecord(number: "+15550100001", at: at, status: .rescheduled)) {
          $0.raw = ["status": "0"]
        }),
    ]
  }()
}
