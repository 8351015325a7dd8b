import Messaging
import TextFormats

extension InputError.Problem {
  /// One example of each reason to reject a list.
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
      + InputError.examples(rows, at: .row(file: "list.csv", row: 2, line: 3)) + badRows
  }

  /// Several, more than are told, and several of a stop list.
  private static var badRows: [ExampleMessage] {
    var (few, many, stops) = (BadRows(source: "list.csv"), BadRows(source: "list.csv"), BadRows.ofStopList("stop.csv"))
    for row in 1...2 { few.add(row: row, line: row + 1, .empty("to")) }
    for row in 1...21 { many.add(row: row, line: row + 1, .empty("to")) }
    for row in 1...2 { stops.add(row: row, line: row + 1, .phoneNumber("x", .empty)) }
    return [few, many, stops].compactMap(\.error).map { ExampleMessage($0) }
  }
}
