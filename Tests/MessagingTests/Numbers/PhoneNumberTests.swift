@testable import Messaging
import TestSupport
import Testing
import TextFormats

/// Who a number as somebody wrote it goes to, and what is never guessed.
@Suite struct PhoneNumberTests {
  private func number(_ text: String, in country: String? = nil) throws(PhoneNumberError) -> String {
    try PhoneNumber(parsing: text, by: NumberRules(countryCode: country.flatMap(CountryCode.init))).e164
  }

  // MARK: With their calling code

  @Test(
    "A number with + is taken as it is written",
    arguments: [
      ("+15550100001", "+15550100001"), ("+1 (555) 010-0001", "+15550100001"), ("(+1) 555.010.0001", "+15550100001"),
      ("0015550100001", "+15550100001"), ("00 1 555 010 0001", "+15550100001"), (" +15550100001 ", "+15550100001"),
      ("+1.5550100001", "+15550100001"), ("+44 (0)7700 900123", "+447700900123"),
      ("0044 ( 0 ) 7700 900123", "+447700900123"), ("(+44) (0)7700 900123", "+447700900123"),
      ("+7 (8) 900 000-00-00", "+79000000000"),
      ("+39 (0)6 5550 1234", "+390655501234"), ("+80012345678", "+80012345678"),
      // First digits don't count: ranges go out of date.
      ("+10000000000", "+10000000000"), ("+449999999999", "+449999999999"),
    ])
  func international(written: String, e164: String) throws {
    #expect(try number(written) == e164)
    #expect(try number(written, in: "+49") == e164, "a country code changes nothing")
  }

  @Test(
    "What spreadsheets, links and word processors put around digits is nothing",
    arguments: [
      "tel:+1-555-010-0001", "TEL: +15550100001", "'+15550100001", "=\"+15550100001\"", "'=\"+15550100001\"",
      "+1/555/010/0001", "+1\t555 010 0001", "+1\u{A0}555\u{202F}010\u{2007}0001", "+1\u{2009}555\u{3000}0100001",
      "+1\u{2010}555\u{2011}010\u{2012}0001", "+1\u{2013}555\u{2014}010\u{2212}0001", "+1\u{2015}555\u{FE63}0100001",
      "\u{202A}+15550100001\u{202C}", "\u{2066}+15550100001\u{2069}", "\u{FEFF}+1555\u{AD}010\u{200B}0001",
      "+1\u{FE0F}5550100001", "\u{200E}+15550100001\u{200F}", "+15550100001\u{2060}\u{180E}\u{E0020}",
    ])
  func ignored(written: String) throws {
    #expect(try number(written) == "+15550100001")
  }

  @Test(
    "No number has such a code or length",
    arguments: [
      ("+9995550100001", PhoneNumberError.unassignedCode("999")), ("+2105550100", .unassignedCode("210")),
      ("+1555010000", nil), ("+155501000012", nil), ("+34 (0)612345678", nil),
      ("+15550100001000000", .notE164(digits: 17)), ("+05550100001", .leadingZero), ("000155501000", .leadingZero),
    ] as [(String, PhoneNumberError?)])
  func impossible(written: String, reason: PhoneNumberError?) {
    let error = #expect(throws: PhoneNumberError.self) { try number(written) }
    if let reason {
      #expect(error == reason)
    } else {
      guard case .wrongLength = error else { return #expect(Bool(false), "\(String(describing: error))") }
    }
  }

  @Test(
    "Where only a trunk prefix behind the calling code is wrong, the hint is the number without it",
    arguments: [
      ("+44 07700 900123", "drop the 0 after +44: +447700900123"),
      ("0044 07700 900123", "drop the 0 after +44: +447700900123"),
      ("+1 1 555 010 0001", "drop the 1 after +1: +15550100001"),
      ("+33 06 39 98 01 23", "drop the 0 after +33: +33639980123"),
      ("+44 077009001234", "if it is correct, add --allow-unusual-numbers"),
    ])
  func trunkPrefix(written: String, hint: String) {
    let error = #expect(throws: PhoneNumberError.self) { try number(written, in: "+44") }
    #expect(error.flatMap { InputError.Problem.phoneNumber(written, $0).hint } == hint)
  }

  @Test(
    "Unusual numbers can be insisted on, within E.164",
    arguments: [
      ("+9995550100001", "+9995550100001"), ("+1555010000", "+1555010000"), ("009995550100001", "+9995550100001"),
      ("+9995550", "+9995550"), ("+999555", nil), ("+9995550100001000", nil), ("+0155501000", nil),
    ] as [(String, String?)])
  func unusual(written: String, e164: String?) {
    let rules = NumberRules(allowsUnusual: true)
    #expect((try? PhoneNumber(parsing: written, by: rules))?.e164 == e164)
  }

  // MARK: Without it

  @Test(
    "A national number is read by the plan of its country",
    arguments: [
      ("+1", "(555) 010-0001", "+15550100001"), ("+1", "1-555-010-0001", "+15550100001"),
      ("+1", "15550100001", "+15550100001"), ("+1", "011 44 7700 900123", "+447700900123"),
      ("+1", "0044 7700 900123", "+447700900123"), ("+44", "07700 900123", "+447700900123"),
      ("+44", "7700900123", "+447700900123"), ("+44", "447700900123", "+447700900123"),
      ("+44", "(0)20 7946 0958", "+442079460958"), ("+44", "44 (0)7700 900123", "+447700900123"),
      ("+49", "0151/23456789", "+4915123456789"), ("+49", "0151.23456789", "+4915123456789"),
      ("+7", "8 (900) 000-00-00", "+79000000000"), ("+7", "8 10 44 7700 900123", "+447700900123"),
      ("+375", "8 029 555 01 00", "+375295550100"), ("+375", "80 29 555 01 00", "+375295550100"),
      ("+36", "06 30 555 0123", "+36305550123"), ("+39", "06 5550 1234", "+390655501234"),
      ("+225", "07 01 02 03 04", "+2250701020304"), ("+242", "06 612 3456", "+242066123456"),
      ("+61", "0491 570 006", "+61491570006"), ("+61", "0011 44 7700 900123", "+447700900123"),
      ("+81", "010 44 7700 900123", "+447700900123"), ("+234", "009 44 7700 900123", "+447700900123"),
    ])
  func national(country: String, written: String, e164: String) throws {
    #expect(try number(written, in: country) == e164)
  }

  @Test("Two readings are never guessed, and both are told")
  func ambiguous() {
    let readings = ["+6262812345678", "+62812345678"].compactMap(PhoneNumber.init(stored:))
    #expect(throws: PhoneNumberError.ambiguous(readings)) { try number("62812345678", in: "+62") }
    #expect(PhoneNumberError.ambiguous(readings).reason == "could be +6262812345678 or +62812345678")
  }

  @Test(
    "A number that fits no reading is refused with the readings",
    arguments: [
      ("+1", "5550100", "numbers have 10 digits (tried +15550100)"),
      ("+1", "12345678", "numbers have 10 digits (tried +112345678, +12345678)"),
      (
        "+44", "099 1234 5678",
        "no number of this length starts with these digits (tried +4409912345678, +449912345678)"
      ),
      ("+49", "151234567", "where no number of this length starts with these digits (tried +49151234567)"),
    ])
  func noReading(country: String, written: String, says: String) {
    let error = #expect(throws: PhoneNumberError.self) { try number(written, in: country) }
    #expect(error?.reason.hasSuffix(says) == true, "\(error?.reason ?? "")")
  }

  @Test("Without a country, a national number is none", arguments: ["5550100001", "15550100001", "12", "1555010"])
  func countryMissing(written: String) {
    #expect(throws: PhoneNumberError.countryCodeMissing) { try number(written) }
  }

  @Test(
    "3 to 6 digits are a short code, but where mobile numbers are that short",
    arguments: [
      (nil, "123", "123"), (nil, "12345", "12345"), ("+1", "123-456", "123456"), ("+44", "60000", "60000"),
      ("+376", "312345", "+376312345"), ("+376", "712345", "712345"), ("+299", "22 22 22", "+299222222"),
    ] as [(String?, String, String)])
  func shortCode(country: String?, written: String, result: String) throws {
    #expect(try number(written, in: country) == result)
    #expect(PhoneNumber(stored: result)?.isShortCode == (result.first != "+"))
  }

  @Test(
    "A / or a hyphen between spaces is part of a number, but not after a whole one",
    arguments: [
      ("+49", "030 1234/030 5678", nil), ("+49", "04488 1234/1235", nil), ("+49", "0301234567/68", nil),
      ("+49", "030 123456 - 57", nil), ("+49", "030 123456 \u{2013} 57", nil), ("+49", "+49 30 123456/57", nil),
      ("+49", "+49 (0)30 123456/57", nil), ("+49", "0049 30 123456/57", nil), ("+49", "23456/030 5678", nil),
      ("+43", "0664/1234567/8", nil), ("+1", "555-010-0001/2", nil), ("+44", "07700 900123 / 07700 900124", nil),
      ("+49", "0151/23456789", "+4915123456789"), ("+49", "+49 151/23456789", "+4915123456789"),
      ("+49", "+49 (0)151 / 234 567 89", "+4915123456789"), ("+49", "030 / 1234567", "+49301234567"),
      ("+49", "030 - 1234567", "+49301234567"), ("+49", "030/1234567/", "+49301234567"),
      ("+49", "030 1234-567", "+49301234567"), ("+43", "0664/1234567", "+436641234567"),
      ("+1", "1/555/010/0001", "+15550100001"), ("+1", "555 - 010 - 0001", "+15550100001"),
      ("+33", "06/39/98/01/23", "+33639980123"), ("+39", "06 / 5550 1234", "+390655501234"),
    ] as [(String, String, String?)])
  func joints(country: String, written: String, e164: String?) throws {
    if let e164 {
      #expect(try number(written, in: country) == e164)
    } else {
      #expect(throws: PhoneNumberError.slip(.severalNumbers)) { try number(written, in: country) }
    }
  }

  // MARK: Slips

  @Test(
    "A whole number of a spreadsheet loses nothing",
    arguments: [
      "5550100001.0", "5550100001.00", "+15550100001.0", "15550100001.000", "1.5550100001E+10", "5.550100001e9",
      "1,5550100001E+10", "1.55501000010E10",
    ])
  func wholeNumber(written: String) throws {
    #expect(try number(written, in: "+1") == "+15550100001")
  }

  @Test(
    "What stands in the place of a number is named for what it is",
    arguments: [
      ("5550100001.5", .decimal), ("5550100001.50", .decimal), ("+15550100001.25", .decimal), ("12.50", .decimal),
      ("52.5200066", .decimal), ("5550100001.125", .decimal), ("4.47E+11", .digitsLost), ("1.55501E+10", .digitsLost),
      ("1E+10", .digitsLost), ("2026-12-01", .date), ("01.12.2026", .date), ("1/12/26", .date), ("12/31/1999", .date),
      ("2026-12-01 09:30", .date), ("2026-12-01T09:30:00Z", .date), ("1-Dec-2026", .date), ("Dec 1, 2026", .date),
      ("$12", .amount), ("12,50", .amount), ("1,234.56", .amount), ("€ 1.234,50", .amount), ("12.50 EUR", .amount),
      ("1-800-FLOWERS", .letters), ("Ada", .letters), ("+1 555 010 0001 ext. 5", .extension),
      ("+15550100001x5", .extension), ("tel:+15550100001;ext=5", .extension), ("+15550100001#5", .extension),
      ("+1555010000\u{661}", .foreignDigit("\u{661}")), ("+1555010000\u{FF11}", .foreignDigit("\u{FF11}")),
      ("+15550100001\n", .control("\n")), ("+1555\u{2028}0100001", .control("\u{2028}")),
    ] as [(String, NumberMistake)])
  func slip(written: String, what: NumberMistake) {
    #expect(throws: PhoneNumberError.slip(what)) { try number(written, in: "+1") }
    #expect(throws: PhoneNumberError.slip(what)) { try number(written, in: "+49") }
  }

  @Test(
    "Anything else is refused by its name, and never shown raw",
    arguments: [
      ("", .empty), (" - ", .empty), ("+", .empty), ("+15550100001,", .unexpectedCharacter(",")),
      ("++15550100001", .unexpectedCharacter("+")), ("20 79+46 0958", .unexpectedCharacter("+")),
      ("+15550100001;+15550100002", .unexpectedCharacter(";")),
      ("\u{FF0B}15550100001", .unexpectedCharacter("\u{FF0B}")),
    ] as [(String, PhoneNumberError)])
  func refused(written: String, reason: PhoneNumberError) {
    #expect(throws: reason) { try number(written, in: "+44") }
  }

  @Test func charactersAreNamed() {
    #expect(PhoneNumberError.unexpectedCharacter(";").reason == "contains ';'")
    let plus = PhoneNumberError.unexpectedCharacter("\u{FF0B}")
    #expect(plus.reason == "contains the character U+FF0B FULLWIDTH PLUS SIGN")
    let zero = PhoneNumberError.slip(.foreignDigit("\u{660}"))
    #expect(zero.reason == "contains the digit U+0660 ARABIC-INDIC DIGIT ZERO")
  }

  @Test("The table in docs/numbers.md says what happens")
  func documented() throws {
    let root = #filePath.split(separator: "/").dropLast(4).map { "/\($0)" }.joined()
    let page = String(decoding: try FileWalk.bytes(of: "\(root)/docs/numbers.md"), as: UTF8.self)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| ") && $0.hasSuffix(" |") }
      .map { $0.split(separator: "|").map { $0.filter { $0 != "`" }.trimmingSpaces } }.filter { $0.count == 4 }
      .dropFirst()
    #expect(rows.count > 10)
    for row in rows {
      let country = row[0].hasPrefix("+") ? row[0] : nil
      let result = (try? PhoneNumber(parsing: row[1], by: NumberRules(countryCode: country.flatMap(CountryCode.init))))
        .map { $0.isShortCode ? "short code" : $0.e164 }
      #expect(result ?? "error" == row[2], "\(row)")
    }
  }

  // MARK: Stored and told by providers

  @Test("What was stored is read whatever the plans say", arguments: ["+15550100001", "+9995550100", "12345"])
  func stored(text: String) {
    #expect(PhoneNumber(stored: text)?.e164 == text)
  }

  @Test(
    "What never was stored is not", arguments: ["", "+", "15550100001", "+1 555 010 0001", "12", "1234567", "+0155501"])
  func notStored(text: String) {
    #expect(PhoneNumber(stored: text) == nil)
  }

  @Test(
    "Providers write international numbers with and without +, and short codes",
    arguments: [
      ("15550100001", "+15550100001"), ("+1 555 010 0001", "+15550100001"), ("0015550100001", "+15550100001"),
      ("+44 (0)7700 900123", "+447700900123"), ("9995550100001", "+9995550100001"), ("12345", "12345"),
      ("123-45", "12345"), ("+1 23", nil), ("SHOP", nil), ("", nil), ("12", nil), ("0155501", nil),
      ("07700 900123", nil),
    ] as [(String, String?)])
  func toldByProviders(text: String, e164: String?) {
    #expect(PhoneNumber(inAPI: text)?.e164 == e164)
  }

  @Test("Only + and a calling code are a country code", arguments: ["", "+", "44", "+0", "+1234", "+4a", "+٤", "+999"])
  func badCountryCode(text: String) {
    #expect(CountryCode(text) == nil)
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
