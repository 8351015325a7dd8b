import Messaging
import TextFormats

/// What keeps an input, or one row of it, from being sent.
extension InputError.Problem {
  /// The template asks for a column that the input, or no row of it, has.
  package static func unknownColumn(_ name: String, known: [String]) -> Self {
    Self(
      "no column '\(name)'; columns: \(known.joined(separator: ", "))",
      hint: nearest(to: name, among: known).map { "did you mean '\($0)'?" }
        ?? "use one of these columns, or add it to the list")
  }

  /// None of the columns holds the number, as far as their names tell; `chosen` is the one that the user named, and
  /// `candidates` are those with numbers in them, where a row shows it.
  package static func numberColumnMissing(
    _ chosen: String?, known: [String], candidates: [String]? = nil, option: String = "--to-column"
  ) -> Self {
    let only = candidates.flatMap { $0.count == 1 ? $0[0] : nil }
    let meant = only ?? chosen.flatMap { nearest(to: $0, among: candidates ?? known) }
    return columnMissing("phone numbers", chosen, known, option: option, meant: meant, otherWay: "")
  }

  /// None of the columns holds the text, as far as their names tell; `chosen` is the one that the user named.
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

  /// Several columns may hold the same thing; `likely` is the one whose cells look like it.
  package static func severalColumns(_ names: [String], option: String, likely: String? = nil) -> Self {
    let choices = (likely.map { [$0] } ?? names).map { "\(option) \($0.shellQuoted)" }
    return Self(
      "ambiguous columns: \(names.joined(separator: ", "))",
      hint: "choose one: \(choices.joined(separator: " or "))")
  }

  /// Several columns may be meant by a name, which no option chooses from.
  package static func severalColumns(_ names: [String], for name: String) -> Self {
    Self(
      "ambiguous column '\(name)': \(names.joined(separator: ", "))",
      hint: "rename all but one of them")
  }

  /// Several columns may be meant by a place in a template.
  package static func severalColumns(_ names: [String], forPlace name: String) -> Self {
    Self(
      "ambiguous column {{\(name)}}: \(names.joined(separator: ", "))",
      hint: "use the exact name: {{\(names.first ?? name)}}")
  }

  /// A phone number that is a number of JSON, which can't have a `+`.
  package static func numberOfJSON(_ problem: Self) -> Self {
    Self(problem.message, hint: "write it as a string with + and the country code, such as \"+15550100001\"")
  }

  /// A column that must say something is empty in this row.
  package static func empty(_ column: String) -> Self {
    Self("\(column) is empty", hint: "fill it in, or skip bad rows with --skip-invalid")
  }

  /// A text has a placeholder of another tool in it, with the name of a column.
  package static func foreignPlace(_ place: String, column: String) -> Self {
    Self(
      "the text contains \(place), and '\(column)' is a column",
      hint: "write {{\(column)}} to fill it in, or add --literal to send it as is")
  }

  /// The text of a row has `{{…}}` in it.
  package static let placeInText = Self(
    "the text contains {{…}}", hint: "to fill in columns, add --template-column; to send it as is, add --literal")

  /// The column `at`: not a time, or not one to send at.
  package static func rowTime(_ error: InputError) -> Self {
    Self("at: \(error.problem.message)", hint: error.problem.hint)
  }

  /// The column `at` is a number of JSON with more digits than seconds since 1970 have.
  package static func milliseconds(_ number: String) -> Self {
    Self(
      "at: \(number) is not a time in seconds since 1970; it may be milliseconds",
      hint: "divide it by 1000, for example with jq '.at /= 1000'")
  }

  /// The column `device`: not `ID` or `ID:SIM`, perhaps several with spaces between.
  package static func rowDevice(_ text: String) -> Self {
    let problem = device(text)
    return Self("device: \(problem.message)", hint: problem.hint)
  }

  /// The column `from`: CR, LF or NUL in it.
  package static let rowSender = Self("from: must be a single line", hint: "remove the line break from it")

  /// A column asks for something that this provider cannot do.
  package static func unsupported(_ feature: SendFeature, column: String, provider: String) -> Self {
    Self(
      "\(provider) can't use the column '\(column)' (\(feature.optionName))",
      hint: "remove the column, or rename it if it means something else")
  }
}
