import Messaging
import TextFormats

/// What keeps an input, or one row of it, from being sent.
extension InputError.Problem {
  /// The template asks for a column that the input, or no row of it, has.
  package static func unknownColumn(_ name: String, known: [String]) -> Self {
    Self(
      "no column '\(name)'; there are \(known.joined(separator: ", "))",
      hint: nearest(to: name, among: known).map { "did you mean '\($0)'?" })
  }

  /// None of the columns holds the number, as far as their names tell; `chosen` is the one that the user named.
  package static func numberColumnMissing(
    _ chosen: String?, known: [String], likely: String? = nil, option: String = "--to-column"
  ) -> Self {
    columnMissing("the number", chosen, known, option: option, likely: likely, otherWay: "")
  }

  /// None of the columns holds the text, as far as their names tell; `chosen` is the one that the user named.
  package static func textColumnMissing(_ chosen: String?, known: [String], likely: String? = nil) -> Self {
    columnMissing(
      "the text", chosen, known, option: "--message-column", likely: likely, otherWay: ", or give --message")
  }

  private static func columnMissing(
    _ what: String, _ chosen: String?, _ known: [String], option: String, likely: String?, otherWay: String
  ) -> Self {
    let names = known.joined(separator: ", ")
    let meant = likely ?? chosen.flatMap { nearest(to: $0, among: known) }
    return Self(
      chosen.map { "no column '\($0)'; there are \(names)" } ?? "no column for \(what); there are \(names)",
      hint: meant.map { "did you mean '\($0)'? \(option) \($0.shellQuoted) takes it" }
        ?? "name the column with \(option)\(otherWay)")
  }

  /// Several columns may hold the same thing.
  package static func severalColumns(_ names: [String], option: String) -> Self {
    Self(
      "more than one column may be meant: \(names.joined(separator: ", "))",
      hint: "choose one: \(option) \(names.first?.shellQuoted ?? "NAME")")
  }

  /// Several columns may be meant by a name, which no option chooses from.
  package static func severalColumns(_ names: [String], for name: String) -> Self {
    Self(
      "more than one column may be meant by '\(name)': \(names.joined(separator: ", "))",
      hint: "rename the others")
  }

  /// Several columns may be meant by a place in a template.
  package static func severalColumns(_ names: [String], forPlace name: String) -> Self {
    Self(
      "more than one column may be meant by {{\(name)}}: \(names.joined(separator: ", "))",
      hint: "write its name as the header does: {{\(names.first ?? name)}}")
  }

  /// A phone number that is a number of JSON, which can't have a `+`.
  package static func numberOfJSON(_ problem: Self) -> Self {
    Self(problem.message, hint: "write it as a string, with its + and country code, such as \"+15550100001\"")
  }

  /// A column that must say something is empty in this row.
  package static func empty(_ column: String) -> Self { Self("\(column) is empty") }

  /// A text has a placeholder of another tool in it, with the name of a column.
  package static func foreignPlace(_ place: String, column: String) -> Self {
    Self(
      "the text has \(place) in it, and '\(column)' is a column",
      hint: "did you mean {{\(column)}}? --literal sends it as it is")
  }

  /// The text of a row has `{{…}}` in it.
  package static let placeInText = Self(
    "the text has {{…}} in it", hint: "--template-column fills it in, --literal sends it as it is")

  /// The column `at`: not a time, or not one to send at.
  package static func rowTime(_ error: InputError) -> Self {
    Self("at: \(error.problem.message)", hint: error.problem.hint)
  }

  /// The column `at` is a number of JSON with more digits than seconds since 1970 have.
  package static func milliseconds(_ number: String) -> Self {
    Self(
      "at: \(number) is not a time in seconds since 1970; it may be milliseconds",
      hint: "divide it by 1000, as in jq '.at /= 1000'")
  }

  /// The column `device`: not `ID` or `ID:SIM`, perhaps several with spaces between.
  package static func rowDevice(_ text: String) -> Self {
    let problem = device(text)
    return Self("device: \(problem.message)", hint: problem.hint)
  }

  /// The column `from`: CR, LF or NUL in it.
  package static let rowSender = Self("from: it must be one line of text")

  /// The row asks for something that this provider cannot do.
  package static func unsupported(_ feature: SendFeature, provider: String) -> Self {
    Self("\(provider) can't do \(feature.optionName)")
  }
}
