import Messaging
import TextFormats

/// What keeps an input, or one row of it, from being sent.
extension InputError.Problem {
  /// The template names a column that the input, or every row of it, lacks.
  package static func unknownColumn(_ name: String, known: [String]) -> Self {
    Self(
      "no column '\(name)'; columns: \(known.joined(separator: ", "))",
      hint: nearest(to: name, among: known).map { "did you mean '\($0)'?" }
        ?? "use one of these columns, or add it to the list")
  }

  /// No column holds the number, judging by names. `chosen` is the name the user gave; `candidates` are the columns
  /// that contain numbers, if a row is known.
  package static func numberColumnMissing(
    _ chosen: String?, known: [String], candidates: [String]? = nil, option: String = "--to-column"
  ) -> Self {
    let only = candidates.flatMap { $0.count == 1 ? $0[0] : nil }
    let meant = only ?? chosen.flatMap { nearest(to: $0, among: candidates ?? known) }
    return columnMissing("phone numbers", chosen, known, option: option, meant: meant, otherWay: "")
  }

  /// No column holds the text, judging by names. `chosen` is the name the user gave.
  package static func textColumnMissing(_ chosen: String?, known: [String], likely: String? = nil) -> Self {
    let meant = likely ?? chosen.flatMap { nearest(to: $0, among: known) }
    return columnMissing(
      "the text", chosen, known, option: "--message-column", meant: meant, otherWay: ", or use --message TEXT")
  }

  private static func columnMissing(
    _ what: String, _ chosen: String?, _ known: [String], option: String, meant: String?, otherWay: String
  ) -> Self {
    let names = known.joined(separator: ", ")
    return Self(
      chosen.map { "no column '\($0)'; columns: \(names)" } ?? "no column with \(what); columns: \(names)",
      hint: meant.map { "did you mean \(option) \($0.shellQuoted)?" }
        ?? "name it: \(option) NAME\(otherWay)")
  }

  /// Several columns may be meant; `likely` is the one whose cells look right.
  package static func severalColumns(_ names: [String], option: String, likely: String? = nil) -> Self {
    let choices = (likely.map { [$0] } ?? names).map { "\(option) \($0.shellQuoted)" }
    return Self(
      "ambiguous columns: \(names.joined(separator: ", "))",
      hint: "choose one: \(choices.joined(separator: " or "))")
  }

  /// Several columns match a name, and there is no option to choose one.
  package static func severalColumns(_ names: [String], for name: String) -> Self {
    Self(
      "ambiguous column '\(name)': \(names.joined(separator: ", "))",
      hint: "rename all but one of them")
  }

  /// Several columns match a placeholder in a template.
  package static func severalColumns(_ names: [String], forPlace name: String) -> Self {
    Self(
      "ambiguous column {{\(name)}}: \(names.joined(separator: ", "))",
      hint: "use the exact name: {{\(names.first ?? name)}}")
  }

  /// A phone number given as a JSON number, which can't have a `+`.
  package static func numberOfJSON(_ problem: Self) -> Self {
    Self(problem.message, hint: "write it as a string with + and the country code, such as \"+15550100001\"")
  }

  /// A required column is empty in this row.
  package static func empty(_ column: String) -> Self {
    Self("\(column) is empty", hint: "fill it in, or skip bad rows with --skip-invalid")
  }

  /// A text contains a column name in another tool's placeholder syntax.
  package static func foreignPlace(_ place: String, column: String) -> Self {
    Self(
      "the text contains \(place), and '\(column)' is a column",
      hint: "write {{\(column)}} to fill it in, or add --literal to send it as is")
  }

  /// The text of a row contains `{{…}}`.
  package static let placeInText = Self(
    "the text contains {{…}}", hint: "to fill in columns, add --template-column; to send it as is, add --literal")

  /// The column `at` holds no time, or one that can't be used for sending.
  package static func rowTime(_ error: InputError) -> Self {
    Self("at: \(error.problem.message)", hint: error.problem.hint)
  }

  /// The column `at` is a JSON number with more digits than seconds since 1970 have.
  package static func milliseconds(_ number: String) -> Self {
    Self(
      "at: \(number) is not a time in seconds since 1970; it may be milliseconds",
      hint: "divide it by 1000, for example with jq '.at /= 1000'")
  }

  /// The column `device` is not `ID` or `ID:SIM`, nor several of them separated by spaces.
  package static func rowDevice(_ text: String) -> Self {
    let problem = device(text)
    return Self("device: \(problem.message)", hint: problem.hint)
  }

  /// The column `from` contains CR, LF or NUL.
  package static let rowSender = Self("from: must be a single line", hint: "remove the line break from it")

  /// A column needs a feature that this provider lacks.
  package static func unsupported(_ feature: SendFeature, column: String, provider: String) -> Self {
    Self(
      "\(provider) can't use the column '\(column)' (\(feature.optionName))",
      hint: "remove the column, or rename it if it means something else")
  }
}

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

  /// Several bad rows, more of them than an error lists, and several in a stop list.
  private static var badRows: [ExampleMessage] {
    var (few, many, stops) = (BadRows(source: "list.csv"), BadRows(source: "list.csv"), BadRows.ofStopList("stop.csv"))
    for row in 1...2 { few.add(row: row, line: row + 1, .empty("to")) }
    for row in 1...21 { many.add(row: row, line: row + 1, .empty("to")) }
    for row in 1...2 { stops.add(row: row, line: row + 1, .phoneNumber("x", .empty)) }
    return [few, many, stops].compactMap(\.error).map { ExampleMessage($0) }
  }
}

/// The rows of an input that can't be sent: the first few, and the total.
struct BadRows {
  private static let mostTold = 20

  private let source: String
  /// The hint if there are several bad rows; nil for the usual one.
  private let severalHint: String?
  private var count = 0
  private var first: [(row: Int?, line: Int, problem: InputError.Problem)] = []

  init(source: String, hint: String? = nil) {
    self.source = source
    severalHint = hint
  }

  static func ofStopList(_ source: String) -> BadRows {
    BadRows(source: source, hint: "correct these rows, or take them out of the list")
  }

  mutating func add(row: Int?, line: Int, _ problem: InputError.Problem) {
    count += 1
    if first.count < Self.mostTold { first.append((row, line, problem)) }
  }

  /// The error for the bad row or rows; nil if there are none.
  var error: InputError? {
    guard let row = first.first else { return nil }
    guard count > 1 else { return InputError(row.problem, at: .row(file: source, row: row.row, line: row.line)) }
    let problem = InputError.Problem("\(count) bad rows; nothing was sent", hint: severalHint ?? usualHint)
    var error = InputError(problem, at: .file(source))
    error.rows = first.map { ErrorDetails.BadRow(row: $0.row, line: $0.line, message: $0.problem.message) }
    return error
  }

  private var usualHint: String {
    count > Self.mostTold
      ? "these are the first \(Self.mostTold); to see all, add --dry-run --skip-invalid"
      : "fix these rows, or skip them with --skip-invalid"
  }
}
