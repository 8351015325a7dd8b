import Testing
import TextFormats

@testable import Commands

/// What a stop list may look like: whoever is on it gets no message.
@Suite struct StopListTests {
  private static let list = "to,message\n" + (1...4).map { "+1555010000\($0),x\n" }.joined()

  /// Runs a list of four numbers with a stop list.
  private func run(_ stop: [UInt8], _ options: String = "", file: String = "/stop.txt") -> (ExitCode, World) {
    let world = World(files: ["/list.csv": Self.list])
    world.put(file, stop)
    let line = "bulk /list.csv --suppress \(file) --dry-run -o csv --columns row,status --no-header \(options)"
    return (world.run(line: line, with: "vpixelpro", variables: ["SMS_COUNTRY_CODE": "+1"]), world)
  }

  @Test(
    "The numbers of a stop list are found, however it is written",
    arguments: [
      ("+15550100001\n", "1"), ("5550100001\n1 (555) 010-0002\n", "12"),
      ("# all\n+15550100001\n  # one\n\t#two\n", "1"),
      ("+15550100001 # left\n+15550100002\t# too\n", "12"), ("\u{FEFF}# all\n+15550100003 #x\n", "3"),
      ("Name;Phone\nAda;+15550100001\n# c\nBob;+15550100002\n", "12"), ("name,to\nApt #5,+15550100002\n", "2"),
      ("name\tMobile Phone\tHome Phone\nAda\t+15550100001\t5550100003\n", "13"),
      ("Name,Phone 1 - Value,Phone 2 - Value\nAda,+15550100001 ::: +15550100002,+15550100004\n", "124"),
      ("to,phone\n+15550100001,+15550100002\n,5550100003\n", "123"),
      ("[\"+15550100001\",{\"phone\":\"+15550100002\"}]", "12"),
      ("{\n\"msisdn\": \"+15550100001\"\n}\n", "1"), ("\"+15550100001\" \"+15550100002\"", "12"),
      (
        "BEGIN:VCARD\nFN:Ada\nTEL;TYPE=CELL:+15550100001\nTEL;TYPE=FAX:+15550100002\nTEL:tel:+1-555-010-0003\nEND:VCARD\n",
        "123"
      ),
      ("note\tto\tx\n\t+15550100002\t#1\n", "2"), ("x\ty\tto\n\t#1\t+15550100002\n\t# gone\n", "2"),
      ("to\tnote\tphone\n+15550100001\t#12\t+15550100002\n+15550100003\t# gone\n", "123"),
      ("to,note,phone\n+15550100001, #12,+15550100002\n", "12"), ("+15550100001\t# out\n+15550100002 \t # too\n", "12"),
      ("sep=^\nto^x\n+15550100001^a,b\n", "1"), ("", ""), ("to,name\n", ""), ("# none yet\n", ""), ("phone\n", ""),
      ("from,to,body\n+15550100001,+15550100009,STOP\n+15550100003,+15550100009,12345\n", "13"),
      ("name,mobile,home\nAda,+15550100001,5550100002\nBob,,+15550100004\n", "124"),
      ("[{\"phone\":\"+15550100001\",\"other\":\"+15550100002\",\"tags\":[1]}]", "12"),
    ])
  func read(stop: String, rows: String) {
    let (code, world) = run(Array(stop.utf8))
    #expect(code == .success, "\(world.complained)")
    let skipped = world.printed.split(separator: "\n").filter { $0.hasSuffix("skipped") }.map { $0.prefix(1) }.joined()
    #expect(skipped == rows)
  }

  @Test(
    "What is not clear is refused with a way on",
    arguments: [
      ("Ada,+15550100001\n", "add a first line"), ("Handy\n+15550100001\n", "--suppress-column Handy"),
      ("to,name\n,Ada\n", "--suppress-column"), ("to\nx\ny\n+15550100001\n", "correct these rows"),
      ("to,x;to\n", "sep="), ("+15550100003 STOP\n", "notes after ' #'"), ("Ada +15550100001\n", "one number per line"),
      ("555-010-0001 (Ada)\n", "one number per line"), ("phone +15550100001\n", "one number per line"),
      ("+15550100001 phone\n", "one number per line"), ("５５５０１００００１\n", "one number per line"),
      ("whatever", "one number per line"), ("name,mail\n", "one number per line"),
      ("+15550100003 STOP\n+15550100001\n", "one number per line"),
      ("to,name\n5550100001 x12,Ada\n", "remove the extension"),
    ])
  func refused(stop: String, hint: String) {
    let (code, world) = run(Array(stop.utf8))
    #expect(
      code == .usage && world.complained.contains("hint: ") && world.complained.contains(hint), "\(world.complained)")
    #expect(world.complained.contains("/stop.txt"))
  }

  /// Stop lists as Latin-1, that is with each byte as a character of its own.
  private static let foreign: [(stop: String, options: String)] = [
    ("Handy,x\n+15550100001,\n", "--suppress-column handy"),
    ("Handy,x\n+15550100001,\n", "--to-column to --suppress-column Handy"),
    ("to,name\n+15550100001,Zo\u{C3}\u{AB}\n", "--encoding windows-1252"),
    ("to,name\n+15550100001,Zo\u{EB}\n", "--encoding windows-1252"),
    ("\u{FF}\u{FE}" + wide("to\n+15550100001\n"), "--encoding windows-1252"),
    ("to;name\n+15550100001;Ada, x\n", "--delimiter ,"),
  ]

  private static func wide(_ text: String) -> String { text.map { "\($0)\0" }.joined() }

  @Test(
    "Options that say how the list is written count for the stop list only where it is written like that",
    arguments: foreign)
  func options(stop: String, options: String) {
    let bytes = stop.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    let (code, world) = run(bytes, options)
    #expect(code == .success, "\(world.complained)")
    #expect(world.printed.hasPrefix("1,skipped\n2,planned\n"), "\(world.printed)")
  }

  @Test("--suppress-column is about --suppress")
  func columnAlone() {
    #expect(World().run(line: "bulk /list.csv --suppress-column x", with: "vpixelpro") == .usage)
  }
}
