import CommandLineKit
import Configuration
import Delivery
import Messaging
import Output
import Platform
import TextFormats

/// Something wrong with what the user handed in, and where.
package struct InputError: Error, Sendable {
  /// Where it stands.
  package enum Place: Hashable, Sendable {
    /// An option or operand, such as `TO` or `--at`.
    case argument(String)
    /// A file of rows; the row is 1 for the first row of data, the line of the file may be known.
    case row(file: String, row: Int?, line: Int?)
    case file(String)
    case standardInput
  }

  /// What is wrong.
  package enum Problem: Sendable {
    case phoneNumber(String, PhoneNumberError)
    case text(MessageTextError)
    case objection(SendObjection, provider: String)
    case time(String)
    case ambiguousTime(TimeZoneRules.Ambiguity, zone: String)
    case timeInPast(Timestamp)
    case endsBeforeStart(Timestamp)
    case device(String)
    case sender(String)
    case missingFile(SystemError)
    /// A text of more than so many bytes, which nobody means to send.
    case tooLong(bytes: Int)
    case inputIsTerminal(expected: String)
    case rows(RowError)
    case unknownColumn(String, nearest: String?, known: [String])
    case missingColumn(ColumnRole, names: [String], known: [String])
    case row(RowProblem, provider: String)
    case template(TemplateError)
    case unknownOutputColumn(UnknownColumn)
    case tooManySegments(SegmentExcess)
    case tooManyMessages(Int, limit: Int)
    /// How many messages a list takes, which only the provider knows.
    case listUncounted(provider: String)
  }

  /// What a column that is looked for would hold.
  package enum ColumnRole: Hashable, Sendable {
    case number, text
  }

  package var place: Place
  package var problem: Problem

  package init(place: Place, problem: Problem) {
    self.place = place
    self.problem = problem
  }
}
