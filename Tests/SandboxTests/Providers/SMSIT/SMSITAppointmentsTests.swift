import Testing
import TextFormats

@testable import Sandbox

@Suite struct SMSITAppointmentsTests {
  static let appointment = "number=15550100001&apptdate=10-10-2026 06:30&status=1"

  @Test("A contact has one appointment at a time, another contact or time is another one")
  func adding() throws {
    var account = SMSITAccount()
    #expect(try account.status("addappointment", Self.appointment) == "0")
    #expect(try account.status("addappointment", Self.appointment) == "-8")
    #expect(try account.status("addappointment", "\(Self.appointment)&status=2") == "-8")
    #expect(try account.status("addappointment", "\(Self.appointment)&apptdate=10-10-2026 06:31") == "0")
    #expect(try account.status("addappointment", "\(Self.appointment)&number=15550100002") == "0")
  }

  @Test("Each status is taken", arguments: 0...3)
  func status(status: Int) throws {
    var account = SMSITAccount()
    #expect(try account.status("addappointment", "\(Self.appointment)&status=\(status)") == "0")
    #expect(Array(account.appointments.values) == [status])
  }

  static let refused: [(form: String, status: String)] = [
    ("number=", "-2"), ("number=%2B15550100001", "-3"), ("number=1555-010", "-3"), ("number=Ada", "-3"),
    ("apptdate=", "-4"), ("status=", "-5"), ("status=4", "-6"), ("status=confirmed", "-6"), ("status=01", "-6"),
    ("number=447443332212", "-7"), ("apptdate=2026-10-10 06:30", "-9"), ("apptdate=31-02-2026 06:30", "-9"),
    ("apptdate=10-10-2026", "-9"),
  ]

  @Test("Refusals carry the status of the documents' table", arguments: refused)
  func refusals(form: String, status: String) throws {
    var account = SMSITAccount()
    let reply = try account.call("addappointment", "\(Self.appointment)&\(form)")
    #expect(reply.json["status"]?.text == status)
    #expect(reply.json["msg"]?.text?.isEmpty == false)
    #expect(account.appointments.isEmpty)
  }
}

@Suite struct SMSITOneTimePasswordsTests {
  private func code(_ account: inout SMSITAccount) throws -> String {
    try #require(try account.call("generateOTP").json["otp"]?.text)
  }

  @Test("A code is good once", arguments: ["otp", "OTP"])
  func once(parameter: String) throws {
    var account = SMSITAccount()
    let code = try code(&account)
    #expect(code.utf8.count == 6)
    #expect(try account.status("validateOtp", "\(parameter)=\(code)") == "Success")
    #expect(try account.status("validateOtp", "\(parameter)=\(code)") == "-2")
  }

  @Test("Several codes are good side by side, in any order")
  func several() throws {
    var account = SMSITAccount()
    let codes = try (0..<3).map { _ in try code(&account) }
    #expect(Set(codes).count == 3)
    #expect(
      try codes.reversed().map { try account.status("validateOtp", "otp=\($0)") } == ["Success", "Success", "Success"])
  }

  @Test("What is no code is -2, and leaves codes as they are", arguments: ["", "otp=", "otp=000000", "otp=%20"])
  func wrong(form: String) throws {
    var account = SMSITAccount()
    let code = try code(&account)
    #expect(try account.status("validateOtp", form) == "-2")
    #expect(try account.status("validateOtp", "otp=\(code)") == "Success")
  }

  @Test("A code costs a credit, and without one there is none")
  func credits() throws {
    var account = SMSITAccount()
    account.credits = 1
    #expect(try account.status("generateOTP") == "Success")
    #expect(try account.call("getcreditbalance", "type=1").json["creditbalancenumber"] == "0")
    let reply = try account.call("generateOTP").json
    #expect(reply["status"] == "-2")
    #expect(reply["otp"] == nil)
  }
}
