import Application
import Messaging
import Testing
import TextFormats

@testable import Commands

@Suite struct OutputTests {
  private static let sent: MessageRecord = {
    var record = MessageRecord(status: .failed)
    record.id = "17"
    record.to = "+15550100001"
    record.body = "Hello, \"you\"\nbye"
    record.segments = 1
    record.error = MessageError(code: "500", message: "no such device")
    record.raw = ["ID": 17]
    return record
  }()

  /// What these records look like with these options.
  private func printed(_ options: [String], _ records: [MessageRecord] = [Self.sent]) throws -> String {
    let world = World()
    let invocation = SMSProgram.program.parse(options + ["providers"])
    let context = Context(
      environment: world.environment(), globals: invocation.parsed, program: SMSProgram.program.outline)
    let printer = try context.printer(of: MessageRecord.self)
    for record in records { try printer.print(record) }
    try printer.finish()
    return world.printed
  }

  @Test("JSON has every field of the contract in its order, absent ones as null")
  func fields() throws {
    let document = try JSONValue(parsing: Array(try printed(["-o", "json"]).utf8))
    let names = document.array?.first?.object?.members.map(\.name)
    #expect(
      names == [
        "id", "group_id", "row", "provider", "profile", "direction", "from", "to", "body", "type", "status",
        "provider_status", "encoding", "segments", "device", "sim", "price", "currency", "error", "scheduled_at",
        "sent_at", "delivered_at",
      ])
    #expect(document.array?.first?["price"] == .null)
    #expect(document.array?.first?["error"]?["code"] == "500")
  }

  @Test(
    "Every format is a valid document also without a record",
    arguments: [
      ("json", "[]\n"), ("jsonl", ""), ("table", ""), ("csv", "id,status\n"),
      ("tsv", "id\tstatus\n"),
    ])
  func empty(format: String, expected: String) throws {
    #expect(try printed(["-o", format, "--columns", "id,status"], []) == expected)
  }

  @Test(
    "Columns are those asked for, in that order",
    arguments: [
      ("csv", "to,error.code\n+15550100001,500\n"), ("jsonl", "{\"to\":\"+15550100001\",\"error.code\":\"500\"}\n"),
      ("table", "TO            ERROR.CODE\n+15550100001  500\n"),
    ])
  func columns(format: String, expected: String) throws {
    #expect(try printed(["-o", format, "--columns", "to,error.code"]) == expected)
  }

  @Test("CSV flattens what is nested, quotes what has to be, and --no-header leaves the names out")
  func csv() throws {
    #expect(
      try printed(["-o", "csv", "--columns", "body,error"])
        == "body,error.code,error.message\n\"Hello, \"\"you\"\"\nbye\",500,no such device\n")
    #expect(try printed(["-o", "csv", "--no-header", "--columns", "id"]) == "17\n")
  }

  @Test("--raw adds the provider's own object")
  func raw() throws {
    #expect(try printed(["-o", "jsonl", "--raw", "--columns", "id,raw"]) == "{\"id\":\"17\",\"raw\":{\"ID\":17}}\n")
  }

  @Test("--csv-safe disarms formulas, and leaves numbers alone")
  func csvSafe() throws {
    var record = Self.sent
    record.body = "=1+1"
    #expect(
      try printed(["-o", "csv", "--csv-safe", "--columns", "to,body", "--no-header"], [record])
        == "+15550100001,'=1+1\n")
    #expect(try printed(["-o", "csv", "--columns", "to,body", "--no-header"], [record]) == "+15550100001,=1+1\n")
  }

  @Test("A piped table shows control characters escaped, and all its columns, empty ones too")
  func table() throws {
    #expect(
      try printed([]) == """
        ID  ROW  FROM  TO            BODY               STATUS  SEGMENTS  ERROR.MESSAGE   SCHEDULED_AT
        17             +15550100001  Hello, "you"\\nbye  failed         1  no such device

        """)
  }

  @Test("TSV has a line for each record, whatever is in it")
  func tsv() throws {
    #expect(
      try printed(["-o", "tsv", "--columns", "to,body,error"])
        == "to\tbody\terror.code\terror.message\n+15550100001\tHello, \"you\"\\nbye\t500\tno such device\n")
  }

  @Test("An unknown column is refused with the names there are")
  func unknownColumn() throws {
    #expect(throws: InputError.self) { try printed(["--columns", "id,nothing"]) }
  }
}
