import Ledger
import Messaging
import Testing
import TextFormats

@testable import Delivery

/// Plans an input as `bulk` does.
private func plan(
  _ input: String, format: RowFormat? = nil, suppressing: [String] = [],
  _ change: (inout PlanOptions) -> Void = { _ in }
) throws -> (rows: [MessageRecord], counts: JobCounts) {
  var options = PlanOptions(source: "list.csv") { text throws(InputError) in
    guard let time = Timestamp(rfc3339: text) else { throw InputError(.init("not RFC 3339")) }
    return PlannedTime(moment: time, typed: text)
  }
  change(&options)
  let table = try JobPlan()
  for number in suppressing { try table.suppress(PhoneNumber(parsing: number)) }
  var planner = Planner(options, for: FakeProvider(), into: table)
  var reader = RowReader(format: format)
  reader.append(input.utf8)
  reader.finish()
  var isChecked = false
  while let next = try nextRow(&reader) {
    if !isChecked, let header = reader.columns { try planner.check(header) }
    isChecked = true
    switch next {
    case .success(let row): try planner.add(row)
    case .failure(let error): try planner.refuse(error)
    }
  }
  if !isChecked, let header = reader.columns { try planner.check(header) }
  try planner.finish()
  let records = try table.records()
  var rows: [MessageRecord] = []
  while let row = try records.next() { rows.append(row) }
  return (rows, table.counts)
}

/// The next row, or what is wrong with it; nil at the end.
private func nextRow(_ reader: inout RowReader) throws -> Result<Row, RowError>? {
  do throws(RowError) {
    return try reader.next().map { .success($0) }
  } catch {
    guard error.isOfOneRow else { throw error }
    return .failure(error)
  }
}

private let file = InputError.Place.file("list.csv")
private let template = "Hi {{name|friend}}, {{code}}"

@Suite struct PlannerTests {
  // MARK: Columns

  @Test(arguments: [
    "to,message", "number,body", "phone,text", "text,to,x", "Phone Number,MSG", "MSISDN,sms", "mobile-phone,Text ",
    "Cell,Body", " Telephone ,x,Message", "Phone 1 - Value,x,sms", "phone_number,x,m_sg",
  ])
  func columnsGoByAnyOfTheirNames(_ header: String) throws {
    let texts = ["message", "body", "text", "msg", "sms"]
    let fields = header.split(separator: ",").map { column in
      if column == "x" { return "" }
      return texts.contains(ColumnSet.key(of: String(column))) ? "hello" : "+15550100001"
    }
    let planned = try plan("\(header)\n\(fields.joined(separator: ","))\n").rows
    #expect(planned.map(\.to) == ["+15550100001"])
    #expect(planned.map(\.body) == ["hello"])
  }

  @Test func theUserCanNameTheColumns() throws {
    let rows = try plan("to,message,mobile,note\n+1,x,+15550100001,hello\n") {
      ($0.toColumn, $0.messageColumn) = ("mobile", "note")
    }.rows
    #expect(rows.map(\.to) == ["+15550100001"] && rows.map(\.body) == ["hello"])
  }

  @Test(arguments: ["", "+15550100001,hello\n"])
  func aHeaderWithoutANeededColumnIsRefusedWithOrWithoutRows(_ rows: String) {
    let number = #expect(throws: InputError.self) { try plan("too,message\n\(rows)") }
    #expect(number?.message == "list.csv: no column with phone numbers; columns: too, message")
    #expect(number?.hint?.contains("--to-column") == true)
    let text = #expect(throws: InputError.self) { try plan("to,words\n\(rows)") }
    #expect(text?.message == "list.csv: no column with the text; columns: to, words")
    #expect(text?.hint?.contains("--message-column") == true)
  }

  @Test("The column that is suggested for the number is one that has a number in it")
  func suggestion() {
    let error = #expect(throws: InputError.self) {
      try plan("Phonetic Name,Handy,message\nAda,+15550100001,hello\n")
    }
    #expect(error?.hint == "did you mean --to-column Handy?")
  }

  @Test(
    "No column is suggested that has no phone number in it, or that can't be chosen",
    arguments: [
      ("Date,From,msg\n2026-11-30,+15550100001,x\n", nil, "did you mean --to-column From?"),
      ("Date,From,msg\n30.11.2026,5550100001,x\n", "Dat", "did you mean --to-column From?"),
      ("Date,msg\n2026-11-30,x\n", "Dat", "name it: --to-column NAME"),
      (",A,msg\n+15550100001,1,x\n", nil, "name it: --to-column NAME"),
      ("A,B,msg\n+15550100001,+15550100002,x\n", nil, "name it: --to-column NAME"),
      ("A,B,msg\n+15550100001,5550100002,x\n", nil, "did you mean --to-column A?"),
      ("number,phone,msg\n5550100002,+15550100001,x\n", nil, "choose one: --to-column phone"),
      ("phone,number,msg\n5550100002,+15550100001,x\n", nil, "choose one: --to-column number"),
      ("phone,mobile,msg\n5550100002,5550100001,x\n", nil, "choose one: --to-column phone or --to-column mobile"),
      ("number,Handy,msg\n5550100002,+15550100001,x\n", nil, "choose one: --to-column Handy"),
      (
        "number,A,B,msg\n5550100002,+15550100001,+15550100003,x\n", nil,
        "choose one: --to-column number or --to-column A or --to-column B"
      ),
    ] as [(String, String?, String)])
  func suggestedByCells(list: String, column: String?, hint: String) {
    let error = #expect(throws: InputError.self) {
      try plan(list) {
        $0.toColumn = column
        $0.numberRules.countryCode = CountryCode("+1")
      }
    }
    #expect(error?.hint == hint)
  }

  @Test(
    "Where two columns may hold the number or the text, nobody guesses",
    arguments: [
      ("number,phone,message", "number, phone", "--to-column"), ("to,body,text", "body, text", "--message-column"),
    ])
  func severalColumns(header: String, names: String, option: String) {
    let error = #expect(throws: InputError.self) { try plan("\(header)\n1,2,3\n") }
    #expect(error?.message == "list.csv: ambiguous columns: \(names)")
    #expect(error?.hint?.contains(option) == true)
  }

  @Test("A column number without phone numbers is asked about where another column has them")
  func customerNumbers() throws {
    let change: (inout PlanOptions) -> Void = { $0.numberRules.countryCode = CountryCode("+49") }
    let error = #expect(throws: InputError.self) {
      try plan("Number,Handy,message\n20260001,+15550100001,x\n", change)
    }
    #expect(error?.message == "list.csv: ambiguous columns: Number, Handy")
    for input in ["number,name,message\n0151 23456789,Ada,x\n", "number,fax,message\n+4915123456789,+49301234567,x\n"] {
      #expect(try plan(input, change).rows.map(\.to) == ["+4915123456789"])
    }
  }

  @Test(
    "Where two columns may be meant by a name that a row or the template uses, nobody guesses",
    arguments: [
      ("to,message,at,At", "", "at, At"), ("to,message,device,DEVICE", "", "device, DEVICE"),
      ("to,message,from,From ", "", "from, From "), ("to,Name,NAME", "Hi {{name}}", "Name, NAME"),
      ("to,Name,NAME", "Hi {{name|you}}", "Name, NAME"),
    ])
  func severalOptionalColumns(header: String, template: String, names: String) {
    for input in ["\(header)\n+15550100001,x,,\n", "\(header)\n"] {
      let error = #expect(throws: InputError.self) {
        try plan(input) { if !template.isEmpty { $0.template = try? Template(parsing: template) } }
      }
      #expect(error?.message.hasSuffix(": \(names)") == true, "\(String(describing: error))")
    }
  }

  @Test("A place that is spelled as one of two columns alike means that one")
  func exactPlace() throws {
    let rows = try plan("to,Name,name\n+15550100001,Ada,ada\n") { $0.template = try? Template(parsing: "{{name}}") }
      .rows
    #expect(rows.map(\.body) == ["ada"])
    #expect(throws: InputError.self) {
      try plan("to,Name,NAME,message\n+15550100001,a,b,{{name}}\n") { $0.fillsTexts = true }
    }
  }

  @Test(
    "A cell with an error of a spreadsheet is a bad row wherever it is needed",
    arguments: [
      ("to,message\n#N/A,x\n", ""), ("to,message\n+15550100001,#REF!\n", ""),
      ("to,message,at\n+15550100001,x,#VALUE!\n", ""),
      ("to,name\n+15550100001,#NAME?\n", "Hi {{name|you}}"),
    ])
  func cellErrors(input: String, template: String) throws {
    #expect(throws: InputError.self) {
      try plan(input) { if !template.isEmpty { $0.template = try? Template(parsing: template) } }
    }
    #expect(try plan("to,message,note\n+15550100001,#hash and #N/A,#N/A\n").rows.map(\.body) == ["#hash and #N/A"])
  }

  @Test(
    "What a database writes for nothing is empty or a bad row, and so are its line breaks between tabs",
    arguments: [
      ("\\N", ",", "Hi you"), ("NULL", ",", nil), ("(null)", ",", nil), ("Null", ",", "Hi Null"),
      ("a\\nb", ",", "Hi a\\nb"),
      ("a\\nb", "\t", nil), ("a\\\\b", "\t", nil), ("a\\b", "\t", "Hi a\\b"), ("  ", ",", "Hi you"),
    ] as [(String, String, String?)])
  func databases(cell: String, delimiter: String, text: String?) throws {
    let input = "to,name\n+15550100001,\(cell)\n".replacing(",", with: delimiter)
    let template = try Template(parsing: "Hi {{name|you}}")
    guard let text else {
      #expect(throws: InputError.self) { try plan(input) { $0.template = template } }
      #expect(try plan(input) { ($0.template, $0.isLiteral) = (template, true) }.rows.map(\.body) == ["Hi \(cell)"])
      return
    }
    #expect(try plan(input) { $0.template = template }.rows.map(\.body) == [text])
  }

  @Test(
    "A placeholder of another tool in a text of the list is a bad row",
    arguments: ["Hi {Name}!", "100% %name%", "[name]"])
  func foreignPlaceInText(text: String) throws {
    let input = "to,name,message\n+15550100001,Ada,\(text)\n"
    #expect(throws: InputError.self) { try plan(input) }
    #expect(throws: InputError.self) { try plan(input) { $0.fillsTexts = true } }
    #expect(try plan(input) { $0.isLiteral = true }.rows.map(\.body) == [text])
    let other = "to,message\n+15550100001,\"{x} 5% <3 # [ok] ((x)) {x|y} *|x|* «x» \(text)\"\n"
    #expect(try plan(other).counts.planned == 1)
  }

  @Test(
    "A separator without a number behind it is none",
    arguments: ["+15550100001;", ";+15550100001", "\"+15550100001,\n\""])
  func loneSeparator(cell: String) throws {
    #expect(
      try plan("message,to\nhi,\(cell)\n").rows.map { [$0.to, $0.part?.description] } == [["+15550100001", nil]])
  }

  @Test(
    "Whole floats of JSON are seconds and numbers; parts of a second are dropped, milliseconds refused",
    arguments: [
      ("2087976600.0", true), ("2087976600.75", true), ("2087976600000", false), ("1e3", false), ("-5", false),
    ])
  func floats(at: String, isRead: Bool) throws {
    let options = PlanOptions(source: "list") { text throws(InputError) in
      guard text == "@2087976600" else { throw InputError(.init(text)) }
      return PlannedTime(moment: Timestamp(unixSeconds: 2_087_976_600), typed: text)
    }
    let change: (inout PlanOptions) -> Void = {
      ($0.readTime, $0.numberRules.countryCode) = (options.readTime, CountryCode("+1"))
    }
    let input = "{\"to\":15550100001.0,\"message\":\"x\",\"at\":\(at)}"
    guard isRead else {
      #expect(throws: InputError.self) { try plan(input, change) }
      return
    }
    #expect(
      try plan(input, change).rows.map { [$0.to, $0.scheduledAt?.rfc3339] } == [
        ["+15550100001", "2036-03-01T09:30:00Z"]
      ])
  }

  @Test(
    "A phone number that is a number of JSON is refused with how to write it",
    arguments: ["15550100001", "15550100001.0"])
  func numberOfJSON(number: String) {
    let error = #expect(throws: InputError.self) { try plan("{\"to\":\(number),\"message\":\"x\"}") }
    #expect(error?.hint?.contains("as a string with +") == true)
    let text = #expect(throws: InputError.self) { try plan("{\"to\":\"\(number)\",\"message\":\"x\"}") }
    #expect(text?.hint?.contains("string") == false)
  }

  @Test(
    "What only resembles a placeholder of another tool is sent as it is",
    arguments: [
      "$5", "$names", "$name2", "$name_x", "$ name", "US$", "a@name.com", "[name: x]", "*name*", "«names»", "@@",
    ])
  func noPlaceholder(text: String) throws {
    let input = "to,name,5\n+15550100001,Ada,x\n"
    let plan = try plan(input) { $0.template = try? Template(parsing: text) }
    #expect(plan.rows.map(\.body) == [text])
  }

  @Test(
    "A placeholder of another tool with the name of a column is not sent as it is",
    arguments: [
      "{name}", "%name%", "((name))", "[Name]", "#name#", "${name}", "<name>", "{ name }",
      "{name|there}", "[name|there]", "{name:there}", "«name»", "*|NAME|*", "$name", "%(name)s", "{$name}",
      "<%= name %>", "@@name@@", "$name, $5", "${name:-there}",
    ])
  func foreignPlaceholder(place: String) throws {
    let input = "to,name\n+15550100001,Ada\n"
    let error = #expect(throws: InputError.self) {
      try plan(input) { $0.template = try? Template(parsing: "Hi \(place)!") }
    }
    #expect(error?.hint?.contains("write {{name}} to fill it in") == true)
    let literal = try plan(input) {
      $0.template = try? Template(parsing: "Hi \(place)!")
      $0.isLiteral = true
    }
    #expect(literal.rows.map(\.body) == ["Hi \(place)!"])
    #expect(
      try plan(input) { $0.template = try? Template(parsing: "Hi {other} {{name}}") }.rows.map(\.body) == [
        "Hi {other} Ada"
      ])
  }

  @Test("Braces in a message column are filled in, sent as they are, or refused, as the user says")
  func placesInTexts() throws {
    let input = "to,name,message\n+15550100001,Ada,\"Hi {{Name}}\"\n"
    #expect(throws: InputError.self) { try plan(input) }
    #expect(try plan(input) { $0.fillsTexts = true }.rows.map(\.body) == ["Hi Ada"])
    #expect(try plan(input) { $0.isLiteral = true }.rows.map(\.body) == ["Hi {{Name}}"])
    #expect(throws: InputError.self) { try plan("to,message\n+15550100001,{{nam}}\n") { $0.fillsTexts = true } }
  }

  @Test("All bad rows are told, of many the first twenty and their count")
  func allBadRows() {
    let lines = (1...30).map { _ in "nobody,x\n" }.joined()
    let error = #expect(throws: InputError.self) { try plan("to,message\n+15550100001,x\n\(lines)+1555,y,z\n") }
    #expect(error?.message == "list.csv: 31 bad rows; nothing was sent")
    #expect(error?.hint?.contains("--dry-run --skip-invalid") == true)
    #expect(error?.details.rows.map(\.row) == Array(2...21))
    #expect(error?.details.rows.first?.line == 3)
  }

  @Test("A number of JSON in the column at is seconds since 1970")
  func unixTime() throws {
    let input = #"{"to":"+15550100001","message":"x","at":2087976600}"#
    let options = PlanOptions(source: "list") { text throws(InputError) in
      guard text == "@2087976600" else { throw InputError(.init(text)) }
      return PlannedTime(moment: Timestamp(unixSeconds: 2_087_976_600), typed: text)
    }
    let rows = try plan(input) { $0.readTime = options.readTime }.rows
    #expect(rows.map(\.scheduledAt?.unixSeconds) == [2_087_976_600])
  }

  @Test func aHeaderWithoutRowsIsAJobOfNone() throws {
    #expect(try plan("to,message\n").counts == JobCounts())
    #expect(try plan("[]", format: .json) { $0.template = try? Template(parsing: template) }.counts == JobCounts())
  }

  @Test(
    "Several numbers in a cell are a message each, with the same row and a part",
    arguments: [
      "+15550100001 ::: +15550100002", "+15550100001; +15550100002", "\"+15550100001,+15550100002\"",
      "\"+15550100001\n+15550100002\"",
    ])
  func severalNumbers(cell: String) throws {
    let rows = try plan("message,to\nhi,+15550100009\nhi,\(cell)\nhi,+15550100008\nhi,+15550100002\n").rows
    #expect(rows.map(\.row) == [1, 2, 2, 3, 4])
    #expect(rows.map(\.part) == [nil, 1, 2, nil, nil])
    #expect(rows.map(\.to) == ["+15550100009", "+15550100001", "+15550100002", "+15550100008", "+15550100002"])
    #expect(rows.last?.error?.message == "same number and text as row 2")
  }

  @Test(
    "Where one of several numbers is wrong, the row is; an amount is no two numbers",
    arguments: ["+15550100001;x", "12;50"])
  func severalNotNumbers(cell: String) {
    #expect(throws: InputError.self) { try plan("message,to\nhi,\(cell)\n") }
  }

  @Test(
    "Where none of several numbers can be read, the first says why; an amount is named for what it is",
    arguments: [
      ("5550100001 ::: 5550100002", "'5550100001' has no country code"),
      ("5550100001;5550100002", "'5550100001' has no country code"),
      ("\"5550100001,5550100002\"", "'5550100001' has no country code"),
      ("\"+15550100001,5550100002\"", "'5550100002' has no country code"),
      ("\"15550100001,00\"", "'15550100001,00' is an amount of money"),
      ("\"15,550,100,001\"", "'15,550,100,001' is an amount of money"),
    ])
  func noneReadable(cell: String, reason: String) {
    let error = #expect(throws: InputError.self) { try plan("message,to\nhi,\(cell)\n") }
    #expect(error?.message.hasSuffix("not a phone number: \(reason)") == true, "\(error?.message ?? "")")
  }

  // MARK: Templates

  @Test func theTemplateTakesThePlaceOfTheMessage() throws {
    let rows = try plan("to,name,code,message\n+15550100001,Ann,7,x\n+15550100002,,8,x\n") {
      $0.template = try? Template(parsing: template)
    }.rows
    #expect(rows.map(\.body) == ["Hi Ann, 7", "Hi friend, 8"])
  }

  @Test func aTemplateAloneMakesMessagesOfNumbers() throws {
    let rows = try plan("+15550100001\n+1 555 010 0002\n") { $0.template = try? Template(parsing: "for {{to}}") }.rows
    #expect(rows.map(\.body) == ["for +15550100001", "for +1 555 010 0002"])
  }

  @Test func aColumnThatTheHeaderLacksIsRefused() {
    #expect(throws: InputError(.unknownColumn("code", known: ["to", "nam"]), at: file)) {
      try plan("to,nam\n") { $0.template = try? Template(parsing: "{{code}}{{name}}") }
    }
  }

  @Test func objectsMayLackAColumnThatOthersHave() throws {
    let rows = try plan(
      #"[{"to":"+15550100001","code":1},{"to":"+15550100002","name":null,"code":2},{"name":"Bo","to":"+15550100003"}]"#
    ) { $0.template = try? Template(parsing: template) }.rows
    #expect(rows.map(\.body) == ["Hi friend, 1", "Hi friend, 2", "Hi Bo, "])
  }

  @Test func aColumnThatNoObjectHasIsRefused() {
    #expect(throws: InputError(.unknownColumn("code", known: ["to"]), at: file)) {
      try plan(#"{"to":"+15550100001"}"# + "\n" + #"{"to":"+15550100002","name":"Bo"}"#) {
        $0.template = try? Template(parsing: template)
      }
    }
  }

  // MARK: Bad rows

  @Test(arguments: [
    ("to,message\nabc,x", InputError.Problem.phoneNumber("abc", .slip(.letters))),
    ("to,message\n,x", .empty("to")),
    ("to,message\n+15550100001,", .empty("message")),
    ("to,message\n+15550100001,\" \n\"", .init("the message is blank")),
    ("to,message,at\n+15550100001,x,tomorrow", .init("at: not RFC 3339")),
    ("to,message,device\n+15550100001,x,1", .unsupported(.device, column: "device", provider: "Fake")),
    ("to,message,from\n+15550100001,x,\"a\nb\"", .rowSender),
    (
      #"{"to":"+15550100001","message":["x"]}"#,
      .init(
        "the value of 'message' is an array or object, not a string",
        hint: #"write rows like {"to": "+15550100001", "message": "Hello"}"#)
    ),
    (#"{"to":null,"message":"x"}"#, .empty("to")),
    (
      "to,message\n+15550100001,\(String(repeating: "x", count: 101))",
      .objection(.tooLong(limit: 100, length: 101), provider: "Fake")
    ),
  ])
  func oneBadRowIsRefusedWithItsNumberAndPlace(_ input: String, _ problem: InputError.Problem) throws {
    let place = InputError.Place.row(file: "list.csv", row: 1, line: input.hasPrefix("{") ? 1 : 2)
    let error = #expect(throws: InputError.self) { try plan(input + "\n") }
    #expect(error?.message == InputError(problem, at: place).message)
    #expect(error?.hint == problem.hint)
  }

  @Test func badRowsCanBeSkippedAndKeepTheirNumbers() throws {
    let (rows, counts) = try plan("to,message\n+15550100001,a\n12,b\n+15550100003,\n+15550100004,d\n") {
      $0.skipsInvalid = true
    }
    #expect((counts.planned, counts.skipped, counts.rows) == (2, 2, 4))
    #expect(rows.map(\.status) == [.planned, .skipped, .skipped, .planned])
    #expect(rows.map(\.to) == ["+15550100001", "12", "+15550100003", "+15550100004"])
    #expect(rows.map(\.error?.code) == [nil, "invalid", "invalid", nil])
    #expect(
      rows.map(\.error?.message) == [
        nil, "not a phone number: '12' has no country code", "message is empty", nil,
      ])
    #expect(rows[1].body == "b")
  }

  @Test func badRowsBeyondTheLimitAndInOtherShardsAreRefusedAsWell() throws {
    #expect(throws: InputError.self) { try plan("to,message\n+15550100001,a\nx,b\n") { $0.limit = 1 } }
    for index in 1...2 {
      #expect(throws: InputError.self) { try plan("to,message\nx,b\n") { $0.shard = Shard(index: index, count: 2) } }
    }
  }

  // MARK: Cost

  @Test func typographyIsReplacedInTheTextAsItGoesOut() throws {
    let rows = try plan("to,name\n+15550100001,O’Neill\n+15550100001,O'Neill\n+15550100002,Zoë\n") {
      $0.template = try? Template(parsing: "“{{name}}”")
      $0.replacesTypography = true
    }.rows
    #expect(rows.map(\.body) == ["\"O'Neill\"", "\"O'Neill\"", "\"Zoë\""])
    #expect(rows.map(\.error?.code) == [nil, "duplicate", nil])
  }

  @Test func aTextOfWhichNothingIsLeftIsRefused() throws {
    for text in ["\u{200B}\u{AD}", "\u{200B} \u{2060}"] {
      let input = "to,message\n+15550100001,\(text)\n"
      #expect(try plan(input).counts.planned == 1)
      #expect(throws: InputError.self) { try plan(input) { $0.replacesTypography = true } }
    }
  }

  @Test func aRowOfTooManySegmentsIsRefusedAsItGoesOut() throws {
    let long = "“" + String(repeating: "a", count: 70)
    let input = "to,message\n+15550100001,short\n+15550100002,\(long)\n"
    #expect(try plan(input) { $0.maxSegments = 2 }.counts.planned == 2)
    #expect(try plan(input) { ($0.maxSegments, $0.replacesTypography) = (1, true) }.counts.planned == 2)
    let error = #expect(throws: InputError.self) { try plan(input) { $0.maxSegments = 1 } }
    #expect(error?.details.rows.map(\.line) == [3])
    #expect(error?.message.hasSuffix("the message takes 2 segments (ucs2), but --max-segments allows 1") == true)
    #expect(error?.hint?.contains("without “, it takes 1 segment") == true)
  }

  // MARK: What a row asks for

  @Test func aRowsOwnSenderAndTimeWinOverTheJobs() throws {
    let rows = try plan("to,message,from,at\n+15550100001,x, SHOP ,2030-01-01T00:00:00Z\n+15550100002,x,,\n") {
      ($0.from, $0.time) = ("OFFICE", PlannedTime(moment: Timestamp(unixSeconds: 5), typed: "@5"))
    }.rows
    #expect(rows.map(\.from) == ["SHOP", "OFFICE"])
    #expect(rows.map(\.scheduledAt) == [Timestamp(rfc3339: "2030-01-01T00:00:00Z"), Timestamp(unixSeconds: 5)])
  }

  @Test func nationalNumbersNeedACountryCode() throws {
    let input = "to,message\n(555) 010-0001,x\n"
    #expect(throws: InputError.self) { try plan(input) }
    #expect(try plan(input) { $0.numberRules.countryCode = CountryCode("+1") }.rows.map(\.to) == ["+15550100001"])
  }

  @Test func shortCodesHaveToBeAllowed() throws {
    let input = "to,message\n12345,x\n"
    #expect(throws: InputError.self) { try plan(input) }
    #expect(try plan(input) { $0.takesShortCodes = true }.rows.map(\.to) == ["12345"])
  }

  // MARK: Skipping and choosing

  @Test func duplicatesAreFoundAfterNumbersAreReadAndTemplatesFilled() throws {
    let input = "to,name\n+1 555 010 0001,Ann\n0015550100001,Ann\n+15550100001,Bo\n"
    let change: (inout PlanOptions) -> Void = { $0.template = try? Template(parsing: "Hi {{name}}") }
    #expect(try plan(input, change).rows.map(\.status) == [.planned, .skipped, .planned])
    let allowed = try plan(input) {
      change(&$0)
      $0.allowsDuplicates = true
    }
    #expect(allowed.counts.planned == 3)
  }

  @Test func suppressedNumbersAreSkipped() throws {
    let (rows, counts) = try plan("to,message\n+15550100001,a\n+15550100002,b\n", suppressing: ["+15550100002"])
    #expect(rows.map(\.error?.code) == [nil, "suppressed"])
    #expect((counts.planned, counts.skipped) == (1, 1))
  }

  @Test func theLimitCountsTheRowsOfTheJob() throws {
    let input = "to,message\n" + (1...9).map { "+1555010000\(($0 - 1) / 2),x\n" }.joined()
    #expect(try plan(input) { $0.limit = 3 }.rows.map(\.row) == [1, 2, 3])
    #expect(try plan(input) { $0.limit = 0 }.rows.isEmpty)
    #expect(try plan(input) { $0.limit = 100 }.rows.count == 9)
  }

  @Test func shardsShareTheRowsWhateverTheirOrder() throws {
    let lines = (1...200).map { "+1555010\(1000 + $0 / 2),x\n" }
    func sent(_ lines: [String], _ shard: String) throws -> Set<String> {
      let rows = try plan("to,message\n" + lines.joined()) { $0.shard = Shard(shard) }.rows
      return Set(rows.filter { $0.status == .planned }.compactMap(\.to))
    }
    let shards = try ["1/3", "2/3", "3/3"].map { try sent(lines, $0) }
    #expect(shards.map(\.count).reduce(0, +) == 101)
    #expect(shards.reduce(Set()) { $0.union($1) }.count == 101)
    #expect(try sent(lines.reversed(), "2/3") == shards[1])
  }

  @Test func aSkippedBadRowIsInOneShardOnly() throws {
    let homes = try (1...3).filter { index in
      try plan("to,message\nx,b\n") {
        $0.shard = Shard(index: index, count: 3)
        $0.skipsInvalid = true
      }.rows.count == 1
    }
    #expect(homes.count == 1)
  }
}
