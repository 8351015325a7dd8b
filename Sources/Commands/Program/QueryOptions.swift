import Application
import CommandLineKit
import Messaging
import TextFormats

/// The options that several questions have in common.
enum QueryOptions {
  static let device = Option("device", value: .int().named("ID"), help: "Only of this device.")
  static let sim = Option("sim", value: .int().named("SLOT"), help: "Only of this SIM slot, counted from 0.")
  static let since = Option("since", value: .time, help: "Nothing from before this time.")
  static let until = Option("until", value: .time, help: "Nothing from after this time.")
  static let limit = Option(
    "limit", value: .resultLimit, fallback: ResultLimit.usual.text, help: "The most results to show.")
  static let list = Option("list", value: .string.named("LIST"), help: "Only of this list or group.")
}

/// How many results are wanted at most.
enum ResultLimit: Hashable, Sendable {
  case all
  /// 1 or more.
  case first(Int)

  /// What holds unless something else is said.
  static let usual = ResultLimit.first(1000)

  /// Nil for all there are.
  var count: Int? {
    if case .first(let count) = self { count } else { nil }
  }

  /// As it is typed.
  var text: String { count.map(String.init) ?? "all" }

  /// What to say when it cut something off.
  var moreWords: String { "there may be more than these \(text): ask for more with --limit" }
}

extension ValueKind where Value == ResultLimit {
  /// A number from 1 on, or `all`.
  static var resultLimit: Self {
    ValueKind("N|all", completion: .choices(["all"])) { (text) throws(ValueProblem) in
      if text == "all" { return .all }
      do throws(ValueProblem) {
        return .first(try ValueKind<Int>.int(1...Int.max).parse(text))
      } catch {
        guard error == .notANumber else { throw error }
        let all = nearest(to: text, among: ["all"])
        throw .other("it is neither a whole number nor all", hint: all.map { "did you mean \($0)?" })
      }
    }
  }
}
