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

  /// The header has none of these columns for the number.
  package static func numberColumnMissing(_ names: [String], known: [String]) -> Self {
    columnMissing(names, known, option: "--to-column", otherWay: "")
  }

  /// The header has none of these columns for the text.
  package static func textColumnMissing(_ names: [String], known: [String]) -> Self {
    columnMissing(names, known, option: "--message-column", otherWay: ", or give --message")
  }

  private static func columnMissing(
    _ names: [String], _ known: [String], option: String, otherWay: String
  ) -> Self {
    let separators: [(Character, String)] = [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")]
    let hint: String
    if known.count == 1, let other = separators.first(where: { known[0].contains($0.0) }) {
      hint = "fields have to be separated by commas, not by \(other.1)"
    } else if let meant = names.lazy.compactMap({ nearest(to: $0, among: known) }).first {
      hint = "did you mean '\(meant)'? \(option) \(meant.shellQuoted) takes it"
    } else {
      hint = "name another with \(option)\(otherWay)"
    }
    return Self(
      "no column \(names.joined(separator: " or ")); there are \(known.joined(separator: ", "))", hint: hint)
  }

  /// A row has none of these columns, or nothing in them.
  package static func missing(_ columns: [String]) -> Self { Self("\(columns.joined(separator: " or ")) is empty") }

  /// The column `at`: not a time, or not one to send at.
  package static func rowTime(_ error: InputError) -> Self { Self("at: \(error.problem.message)") }

  /// The column `device`: not `ID` or `ID:SIM`, perhaps several with spaces between.
  package static func rowDevice(_ text: String) -> Self {
    let problem = device(text)
    return Self("device: \(problem.message)", hint: problem.hint)
  }

  /// The column `from`: CR, LF or NUL in it.
  package static let rowSender = Self("from: it must be one line of text")

  /// A JSON array or object where a text is needed.
  package static func nested(_ column: String) -> Self { Self("\(column) is an array or object, and not a text") }

  /// The row asks for something that this provider cannot do.
  package static func unsupported(_ feature: SendFeature, provider: String) -> Self {
    Self("\(provider) can't do \(feature.optionName)")
  }
}
