import Messaging
import Testing

@testable import Providers

/// The negative statuses of SMS-iT: the same number means something else in each call.
@Suite struct SMSITRefusalTests {
  private static let calls: [(SMSITCall, documented: ClosedRange<Int>, extra: [Int])] = [
    (.sendToContact, -12 ... -1, [-16, -20]), (.sendToGroup, -16 ... -1, [-20]), (.contactReport, -3 ... -1, [-20]),
    (.groupReport, -3 ... -1, [-20]), (.addContact, -7 ... -1, [-20]), (.contacts, -7 ... -1, [-20]),
    (.balance, -2 ... -1, [-20]), (.addAppointment, -9 ... -1, [-20]), (.generateOTP, -2 ... -1, [-20]),
    (.validateOTP, -2 ... -1, [-20]),
  ]

  @Test(
    "Every status that the documentation lists for a call has its words, and no other has", arguments: calls.indices)
  func complete(index: Int) {
    let (call, documented, extra) = Self.calls[index]
    let explained = (-30 ... -1).filter { call.meaning(of: $0) != nil }
    #expect(Set(explained) == Set(documented).union(extra), "\(call.name)")
    #expect(explained.allSatisfy { call.meaning(of: $0)?.unlessBlank != nil })
  }

  @Test(
    "The same number is read by the call that it answers",
    arguments: [
      (SMSITCall.addContact, -7, ProviderError.Kind.refused, "Number is already subscribed for the group."),
      (.contacts, -2, .refused, "The group passed in is invalid or does not exist."),
      (.sendToGroup, -14, .noCredit, "Not enough credits to send the message."),
      (.sendToGroup, -12, .refused, "The frequency parameter passed in is invalid. Proper values are 1-30."),
      (.sendToGroup, -15, .refused, "No subscribers found in group."),
      (.sendToContact, -12, .noCredit, "Not enough credits to send the message."),
      (.generateOTP, -2, .noCredit, "Not enough credits to generate OTP."),
      (
        .contactReport, -3, .refused,
        "Number passed in is invalid or can't be found for outbound SMS sent to this number."
      ),
      (.groupReport, -3, .refused, "The group SMS ID is invalid or does not exist."),
      (.addAppointment, -8, .refused, "Appointment already exists for this contact and datetime."),
      (.balance, -1, .credentials, "Invalid API key passed in."),
      (.validateOTP, -20, .credentials, "The plan of the account has no API access."),
      (.validateOTP, -9, .refused, "the request was refused without a reason"),
    ])
  func meaning(call: SMSITCall, status: Int, kind: ProviderError.Kind, words: String) {
    for body in [#"{"status":"\#(status)","msg":""}"#, #"{"status":\#(status)}"#] {
      let refusal = #expect(throws: ProviderError.self) {
        try SMSITReply.answer(to: call, in: HTTPResponse(status: 200, body: Array(body.utf8)))
      }
      #expect(refusal?.kind == kind && refusal?.code == String(status) && refusal?.message == words)
    }
  }

  @Test("The provider's own words come first")
  func ownWords() {
    let body = Array(#"{"status":"-7","msg":"Number is already subscribed for Friends."}"#.utf8)
    let refusal = #expect(throws: ProviderError.self) {
      try SMSITReply.answer(to: .addContact, in: HTTPResponse(status: 200, body: body))
    }
    #expect(refusal?.message == "Number is already subscribed for Friends.")
  }

  @Test("Calls have the addresses that the documentation gives, or that were seen")
  func names() {
    #expect(
      Self.calls.map(\.0.name) == [
        "smscontact", "smsgroup", "getcontactsmsdeliveryreport", "getbulksmsdeliveryreport", "addcontact",
        "getcontacts", "getcreditbalance", "addappointment", "generateOTP", "validateOtp",
      ])
  }
}
