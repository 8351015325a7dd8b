import Application
import CommandLineKit
import Messaging
import Output
import TextFormats

/// The options that several queries share.
enum QueryOptions {
  static let device = Option(
    "device", value: .int().named("ID").completed(by: .dynamic("devices")), help: "Only this device.")
  static let sim = Option("sim", value: .int().named("SLOT"), help: "Only this SIM slot, counting from 0.")
  static let since = Option("since", value: .time, help: "Only results at or after this time.")
  static let until = Option("until", value: .time, help: "Only results at or before this time.")
  static let limit = Option(
    "limit", value: .resultLimit, fallback: ResultLimit.usual.text, help: "Maximum number of results.")
  static let list = Option("list", value: .string.named("LIST"), help: "Only this list or group.")
}

/// The maximum number of results.
enum ResultLimit: Hashable, Sendable {
  case all
  /// 1 or more.
  case first(Int)

  /// The default.
  static let usual = ResultLimit.first(1000)

  /// Nil for no limit.
  var count: Int? {
    if case .first(let count) = self { count } else { nil }
  }

  /// The option's value.
  var text: String { count.map(String.init) ?? "all" }

  /// The note if results were left out.
  var moreWords: String { "showing only the first \(text); for more, add --limit N or --limit all" }
}

extension ValueKind where Value == ResultLimit {
  /// A number of at least 1, or `all`.
  static var resultLimit: Self {
    ValueKind("N|all", completion: .choices(["all"])) { (text) throws(ValueProblem) in
      if text == "all" { return .all }
      do throws(ValueProblem) {
        return .first(try ValueKind<Int>.int(1...Int.max).parse(text))
      } catch {
        guard error == .notANumber else { throw error }
        let all = nearest(to: text, among: ["all"])
        throw .other("not a whole number or 'all'", hint: all.map { "did you mean '\($0)'?" })
      }
    }
  }
}

extension Record {
  /// All valid names for `--columns`, with their meanings.
  static var listedColumns: [ListedColumn] {
    schema.fields.flatMap { field in
      [ListedColumn(field.name, meaning: field.meaning)]
        + field.parts.map { ListedColumn("\(field.name).\($0)", meaning: "the \($0) of \(field.name)") }
    }
  }
}
