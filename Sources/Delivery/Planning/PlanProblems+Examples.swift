import Messaging
import TextFormats

extension InputError.Problem {
  /// One example for each reason to refuse a list.
  package static var planExamples: [ExampleMessage] {
    let columns = ["mobil", "words"]
    let lists: [Self] = [
      .numberColumnMissing(nil, known: columns), .numberColumnMissing("mobile", known: columns),
      .textColumnMissing(nil, known: columns), .severalColumns(["phone", "mobile"], option: "--to-column"),
      .severalColumns(["at", "a_t"], for: "at"),
    ]
    let templates: [Self] = [
      .unknownColumn("nmae", known: ["to", "name"]), .unknownColumn("x", known: ["to", "name"]),
      .severalColumns(["name", "na_me"], forPlace: "na-me"),
      .unclosedPlace(at: 3), .placeWithoutColumn(at: 3),
    ]
    let rows: [Self] = [
      .empty("to"), .foreignPlace("{name}", column: "name"), .placeInText, .milliseconds("1803893400000"),
      .numberOfJSON(.empty("to")), .rowDevice("2:x"), .rowSender,
      .unsupported(.device, column: "device", provider: "SMS-iT"),
    ]
    return InputError.examples(lists, at: .file("list.csv"))
      + InputError.examples(templates, at: .argument("--message"))
      + InputError.examples(rows, at: .row(file: "list.csv", row: 2, line: 3)) + [badRows] + manyBadRows
  }

  private static var badRows: ExampleMessage {
    var rows = BadRows(source: "list.csv")
    for row in 1...2 { rows.add(row: row, line: row + 1, .empty("to")) }
    return ExampleMessage(rows)
  }

  /// More than are told.
  private static var manyBadRows: [ExampleMessage] {
    var (rows, stops) = (BadRows(source: "list.csv"), BadRows.ofStopList("stop.csv"))
    for row in 1...21 { rows.add(row: row, line: row + 1, .empty("to")) }
    for row in 1...2 { stops.add(row: row, line: row + 1, .phoneNumber("x", .empty)) }
    return [ExampleMessage(rows), ExampleMessage(stops)]
  }
}
