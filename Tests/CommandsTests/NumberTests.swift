import Testing
import TextFormats

@testable import Commands

/// Where short codes and unusual numbers are taken.
@Suite struct NumberTests {
  @Test(
    "A short code is sent to where phones send, and nowhere else",
    arguments: [
      ("vpixelpro", ExitCode.success), ("sendapp", .success), ("voximplant", .unsupported), ("smsit", .unsupported),
    ])
  func shortCode(provider: String, code: ExitCode) {
    let world = World()
    #expect(world.run(line: "send 12345 Hi --dry-run -o csv --columns to", with: provider) == code)
    #expect(world.printed == (code == .success ? "to\n12345\n" : ""), "\(world.complained)")
  }

  @Test(
    "A list with short codes needs --short-codes, which only phones can do",
    arguments: [
      ("", "vpixelpro", ExitCode.usage), ("--short-codes", "vpixelpro", .success), ("", "smsit", .usage),
      ("--short-codes", "smsit", .unsupported),
    ])
  func listedShortCode(option: String, provider: String, code: ExitCode) {
    let world = World(files: ["/list.csv": "to,message\n12345,Hi\n"])
    #expect(world.run(line: "bulk /list.csv --dry-run \(option)", with: provider) == code, "\(world.complained)")
  }

  @Test(
    "Other commands need a phone number",
    arguments: [
      ("contacts add 12345 --list 1", "vpixelpro"), ("otp send 12345", "smsit"), ("numbers enable 12345", "voximplant"),
    ])
  func shortCodeElsewhere(line: String, provider: String) {
    #expect(World().run(line: line, with: provider) == .unsupported)
  }

  @Test(
    "--allow-unusual-numbers stands before or after any command",
    arguments: ["--allow-unusual-numbers send +9995550100001 Hi", "send +9995550100001 Hi --allow-unusual-numbers"])
  func unusual(line: String) {
    let world = World()
    #expect(world.run(line: "\(line) --dry-run -o csv --columns to", with: "vpixelpro") == .success)
    #expect(world.printed == "to\n+9995550100001\n")
  }

  @Test("An entry of a stop list with two readings suppresses both")
  func ambiguousEntry() {
    let list = "to,message\n+62812345678,a\n+6262812345678,b\n+62812345679,c\n"
    let world = World(files: ["/list.csv": list, "/stop.txt": "62812345678\n"])
    let line = "bulk /list.csv --suppress /stop.txt --dry-run -o csv --columns row,error.code --no-header"
    #expect(world.run(line: line, with: "vpixelpro", variables: ["SMS_COUNTRY_CODE": "+62"]) == .success)
    #expect(world.printed == "1,suppressed\n2,suppressed\n3,\n", "\(world.complained)")
  }
}
