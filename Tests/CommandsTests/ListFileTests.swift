import Testing
import TextFormats

@testable import Commands

/// Files that are no list in UTF-8: named for what they are, with a way on, and never sent from.
@Suite struct ListFileTests {
  private func run(
    _ bytes: [UInt8], _ options: String = "", path: String = "/list.csv"
  ) -> (ExitCode, World) {
    let world = World(files: [:])
    world.put(path, bytes)
    let line = "bulk \(path) --dry-run -o csv --columns to,body --no-header \(options)"
    return (world.run(line: line, with: "vpixelpro"), world)
  }

  private static let list = "to,message\n+15550100001,"

  private static let others: [(bytes: [UInt8], name: String, reading: String)] = [
    ([0x5A, 0x6F, 0xEB], "windows-1252", "Zoë"), ([0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2], "windows-1251", "Привет"),
    ([0xF0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4], "KOI8-R", "Привет"), ([0x82, 0xB1, 0x82, 0xF1], "SHIFT_JIS", "こん"),
    ([0xC4, 0xE3, 0xBA, 0xC3, 0xA3, 0xAC], "GBK", "你好，"), ([0x47, 0x72, 0x9F, 0xA7, 0x65], "MACINTOSH", "Grüße"),
    ([0x47, 0x72, 0x81, 0xE1, 0x65], "CP850", "Grüße"),
    ([0x5A, 0x61, 0xBF, 0xF3, 0xB3, 0xE6], "windows-1250", "Zażółć"),
  ]

  @Test("Bytes that are not UTF-8 are named with what they look like, and how they would read", arguments: others)
  func otherEncoding(bytes: [UInt8], name: String, reading: String) {
    for list in [
      Array(Self.list.utf8) + bytes,
      Array("[{\"to\":\"+15550100001\",\"message\":\"".utf8) + bytes + Array("\"}]".utf8),
    ] {
      let (code, world) = run(list)
      #expect(
        code == .usage && world.complained.contains("as \(name), it would read"), "\(world.complained)")
      #expect(world.complained.contains(reading) && world.complained.contains("add --encoding \(name)"))
      let (read, other) = run(list, "--encoding \(name)")
      #expect(read == .success && other.printed == "+15550100001,\(reading)\n", "\(other.complained)")
    }
  }

  @Test(
    "Characters of 2 or 4 bytes are read with a byte order mark, and named without",
    arguments: [("UTF-16LE", 2, false), ("UTF-16BE", 2, true), ("UTF-32LE", 4, false), ("UTF-32BE", 4, true)])
  func wide(name: String, width: Int, isBigEndian: Bool) {
    var bytes: [UInt8] = []
    for scalar in "\u{FEFF}\(Self.list)Zo\u{EB}\n".unicodeScalars {
      let ascending = (0..<UInt32(width)).map { UInt8(truncatingIfNeeded: scalar.value >> ($0 * 8)) }
      bytes += isBigEndian ? ascending.reversed() : ascending
    }
    for options in ["", "--encoding windows-1252"] {
      #expect(run(bytes, options).1.printed == "+15550100001,Zoë\n")
    }
    let (code, world) = run(Array(bytes.dropFirst(width)))
    #expect(code == .usage && world.complained.contains("--encoding \(name)"), "\(world.complained)")
    #expect(run(Array(bytes.dropFirst(width)), "--encoding \(name)").1.printed == "+15550100001,Zoë\n")
  }

  @Test("UTF-8 is not misread because --encoding names another one")
  func misread() {
    let list = Array("\(Self.list)Zo\u{EB} \u{20AC}\n".utf8)
    let (code, world) = run(list, "--encoding windows-1252")
    #expect(code == .usage && world.complained.contains("omit --encoding"), "\(world.complained)")
    #expect(run([0xEF, 0xBB, 0xBF] + list, "--encoding windows-1252").1.printed == "+15550100001,Zoë €\n")
  }

  private static let binaries: [(bytes: [UInt8], words: String)] = [
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], ".xls"), ([0x1F, 0x8B, 8, 0], "gzip -dc"),
    (Array("%PDF-1.7\n".utf8), "PDF"), (Array("<html><table>".utf8), "HTML"), (Array("<!doctype html>".utf8), "HTML"),
    (Array("<?xml version".utf8), "XML"), (Array("SQLite format 3\0".utf8), "sqlite3 -header -csv"),
    (Array("{\\rtf1".utf8), "RTF"),
  ]

  @Test("What a file is shows in its first bytes, whatever its name", arguments: binaries)
  func binary(bytes: [UInt8], words: String) {
    for path in ["/list.csv", "/list", "/list.xlsx", "/list.json"] {
      let (code, world) = run(bytes, path: path)
      #expect(code == .usage && world.complained.contains(words), "\(world.complained)")
      #expect(world.complained.contains("\nhint: "))
    }
    let world = World(input: [
      String(decoding: bytes.prefix(1), as: UTF8.self), String(decoding: bytes.dropFirst(), as: UTF8.self),
    ])
    #expect(world.run(line: "bulk - --dry-run", with: "vpixelpro") == .usage)
  }

  @Test("A spreadsheet in a pipe, and one that is none, are refused with a way on")
  func spreadsheets() {
    let world = World(input: ["PK\u{3}\u{4}and so on to the end"])
    #expect(world.run(line: "bulk - --dry-run", with: "vpixelpro") == .usage)
    #expect(world.complained.contains("from a pipe") && world.complained.contains("hint: "))
    let (code, other) = run(Array(Self.list.utf8), path: "/list.xlsx")
    #expect(code == .usage && other.complained.contains("not an .xlsx file"), "\(other.complained)")
    let (sheetCode, third) = run(Array("\(Self.list)x".utf8), "--sheet Guests")
    #expect(sheetCode == .usage && third.complained.contains("--sheet"), "\(third.complained)")
  }

  private static let lengths: [(list: String, options: String, code: ExitCode)] = [
    ("+15550100001; +15550100002; +15550100003\n", "--min-rows 2", .usage),
    ("+15550100001\n+15550100002\n", "--min-rows 2", .success),
    ("+15550100001\n+15550100002\n", "--min-rows 2 --limit 1", .success),
    ("+15550100001\n+15550100002\n", "--min-rows 2 --shard 1/9", .success),
    ("x\n+15550100002\n", "--min-rows 2 --skip-invalid", .success), ("", "--min-rows 1", .usage),
  ]

  @Test("--min-rows counts the rows of the list, whatever becomes of them", arguments: lengths)
  func minRows(list: String, options: String, code: ExitCode) {
    let (result, world) = run(Array("to\n\(list)".utf8), "--message Hi \(options)")
    #expect(result == code, "\(world.complained)")
  }

  @Test("An empty list goes on with no job that does not exist")
  func emptyResume() {
    let world = World(files: ["/list.csv": "to,message\n"], network: nil)
    #expect(world.run(line: "bulk /list.csv --resume nowhere", with: "vpixelpro") == .usage)
    #expect(world.complained.contains("no job named 'nowhere'"), "\(world.complained)")
  }

  @Test(
    "Without a header, the names that are suggested are those the command needs",
    arguments: [
      ("5550100001,Hello\n", "", "to,message"), ("5550100001,Ada,Hello there\n", "", "to,name,message"),
      ("5550100001,Ada\n", "--message x", "to,name"),
    ])
  func headerMissing(list: String, options: String, fields: String) {
    let world = World(files: ["/list.csv": list])
    let code = world.run(
      line: "bulk /list.csv --dry-run \(options)", with: "vpixelpro", variables: ["SMS_COUNTRY_CODE": "+1"])
    #expect(code == .usage && world.complained.hasSuffix("--fields \(fields)\n"), "\(world.complained)")
  }

  @Test(
    "A list of only numbers needs no header, however many stand on its first line",
    arguments: [
      ("/list.csv", "5550100001;5550100003\n5550100002\n", 3), ("/list.txt", "5550100001,5550100003\n", 2),
      ("/list.csv", "+15550100001,5550100003\n", 2), ("/list.csv", "5550100001,1234567\n", nil),
      ("/list.csv", "5550100001,5550100003\n5550100002,Ada\n", nil),
    ] as [(String, String, Int?)])
  func onlyNumbers(path: String, list: String, messages: Int?) {
    let world = World(files: [path: list])
    let code = world.run(
      line: "bulk \(path) --message Hi --dry-run -o csv --columns to --no-header", with: "vpixelpro",
      variables: ["SMS_COUNTRY_CODE": "+1"])
    #expect(code == (messages == nil ? .usage : .success), "\(world.complained)")
    #expect(world.printed.split(separator: "\n").count == messages ?? 0)
  }
}
