import Messaging
import Testing

@Suite struct PhoneNumberTests {
  @Test(
    "Numbers are read as people write them",
    arguments: [
      ("+15550100001", "+15550100001"), ("+1 (555) 010-0001", "+15550100001"), ("(+1) 555.010.0001", "+15550100001"),
      ("0015550100001", "+15550100001"), ("00 1 555 010 0001", "+15550100001"), (" +15550100001 ", "+15550100001"),
      ("+1\u{A0}555\u{202F}0100001", "+15550100001"), ("+1234567", "+1234567"),
      ("+123456789012345", "+123456789012345"),
    ])
  func international(written: String, e164: String) throws {
    #expect(try PhoneNumber(parsing: written).e164 == e164)
  }

  @Test(
    "A national number takes the country code in place of one leading 0",
    arguments: [
      ("020 7946 0958", "+442079460958"), ("20 7946 0958", "+442079460958"), ("(0)20 7946 0958", "+442079460958"),
      ("+15550100001", "+15550100001"), ("0015550100001", "+15550100001"),
    ])
  func national(written: String, e164: String) throws {
    let code = try #require(CountryCode("+44"))
    #expect(try PhoneNumber(parsing: written, countryCode: code).e164 == e164)
  }

  @Test(
    "What is no number is refused with the reason",
    arguments: [
      ("", PhoneNumberError.empty), (" - ", .empty), ("5550100001", .countryCodeMissing),
      ("+44 (0)20 7946 0958", .ambiguousZero), ("0044 ( 0 ) 20 7946 0958", .ambiguousZero),
      ("+123456", .wrongLength(digits: 6)), ("+1234567890123456", .wrongLength(digits: 16)),
      ("+", .wrongLength(digits: 0)), ("+05550100001", .leadingZero), ("000155501000", .leadingZero),
      ("+1555010000a", .unexpectedCharacter("a")), ("+1555\n0100001", .unexpectedCharacter("\n")),
      ("+15550100001,", .unexpectedCharacter(",")), ("+15550100001;+15550100002", .unexpectedCharacter(";")),
      ("+1555010000\u{661}", .unexpectedCharacter("\u{661}")), ("++15550100001", .unexpectedCharacter("+")),
      ("1555+0100001", .countryCodeMissing), ("+1\t5550100001", .unexpectedCharacter("\t")),
      ("tel:+15550100001", .unexpectedCharacter("t")), ("\u{FF0B}15550100001", .unexpectedCharacter("\u{FF0B}")),
    ])
  func refused(written: String, reason: PhoneNumberError) {
    #expect(throws: reason) { try PhoneNumber(parsing: written) }
  }

  @Test("A plus sign inside a national number is refused")
  func plusInside() throws {
    let code = try #require(CountryCode("+44"))
    #expect(throws: PhoneNumberError.unexpectedCharacter("+")) {
      try PhoneNumber(parsing: "20 79+46 0958", countryCode: code)
    }
  }

  @Test("Only a plus and 1 to 3 digits are a country code", arguments: ["", "+", "44", "+0", "+1234", "+4a", "+٤"])
  func badCountryCode(text: String) {
    #expect(CountryCode(text) == nil)
  }
}
