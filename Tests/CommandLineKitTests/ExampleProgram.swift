import CommandLineKit

/// What the example's commands do: nothing but hold what was read.
protocol Action: Sendable {}

/// A small command line with everything in it that a real one needs.
enum Post {
  static let program = Program(
    root, globals: [profile, output, columns, timeout, quiet, verbose],
    sections: [
      ReferenceSection("Friends", topic: "friends", text: "Who has your address."),
      ReferenceSection("Files", topic: "files", entries: [("~/.postrc", "Who you are.")]),
      ReferenceSection("Exit status", text: "Zero when all went well.", entries: [("1", "The post is on strike.")]),
    ])

  static let profile = Option(
    "profile", short: "p", value: .string.named("NAME").completed(by: .dynamic("profiles")), variable: "POST_PROFILE",
    guidesCompletion: true, help: "Which account to use. There can be several.")
  static let output = Option(
    "output", short: "o", value: .enumeration(Format.self), default: .table, help: "How results are printed.")
  static let columns = Option(
    "columns", value: .list(of: .string.named("NAME").completed(by: .dynamic("columns"))),
    help: "Which columns to print.")
  static let timeout = Option(
    "timeout", value: .duration, default: .seconds(30), help: "How long to wait for an answer.")
  static let quiet = Flag("quiet", short: "q", help: "Print results only.")
  static let verbose = Flag("verbose", short: "v", variable: "POST_VERBOSE", help: "Print each request and reply.")

  enum Format: String, CaseIterable {
    case table, json, jsonl, csv
  }

  static let root = CommandSpec<any Action>(
    "post", summary: "Letters from the command line.",
    discussion: "Everything here is made up.\n\nIt only has to be big enough to show every feature.",
    examples: [Example("post send bob 'See you soon'", "Send a letter.")],
    subcommands: [Send.spec, friends, Complete.spec])

  static let friends = CommandSpec<any Action>(
    "friends", summary: "The address book.", group: "People", subcommands: [AddFriend.spec, ListFriends.spec])
}

struct Send: Action {
  static let to = Operand("TO", help: "Who gets it.")
  static let message = OptionalOperand("MESSAGE", help: "What to say; standard input when left out.")
  static let from = Option("from", short: "f", value: .string.named("SENDER"), help: "Who it is from.")
  static let attach = RepeatedOption("attach", value: .file, group: "Contents", help: "A file to put in.")
  static let every = Option("every", value: .int(1...6), group: "Contents", help: "Weeks between two letters.")
  static let urgent = Flag("urgent", help: "By express.")
  static let slow = Flag("slow", help: "By ship.")
  static let trace = Flag("trace", isHidden: true, help: "For us only.")

  static let spec = CommandSpec<any Action>(
    "send", summary: "Send one letter.", examples: [Example("post send bob -", "Read it from a pipe.")],
    options: [from, attach, every, urgent, slow, trace], operands: [to, message], make: Send.init)

  var to: String
  var message: String?
  var from: String?
  var attachments: [String]
  var every: Int?
  var urgent: Bool

  init(_ parsed: Parsed) throws(UsageError) {
    try parsed.allowOne(of: Self.urgent, Self.slow)
    try parsed.require(Self.every, with: Self.from)
    to = try parsed[Self.to]
    message = parsed[Self.message]
    from = parsed[Self.from]
    attachments = parsed[Self.attach]
    every = parsed[Self.every]
    urgent = parsed[Self.urgent]
  }
}

struct AddFriend: Action {
  static let names = RepeatedOperand(
    "NAME", value: .string.completed(by: .dynamic("profiles")), atLeast: 1, help: "Who to add.")
  static let list = RequiredOption("list", value: .choice(["family", "work", "pen pals"]), help: "Which list.")
  static let since = Option("since", value: .int(), help: "Year you met.")

  static let spec = CommandSpec<any Action>(
    "add", summary: "Add friends to a list.", examples: [Example("post friends add bob --list work", "Add one.")],
    options: [list, since], operands: [names], make: AddFriend.init)

  var names: [String]
  var list: String

  init(_ parsed: Parsed) throws(UsageError) {
    names = parsed[Self.names]
    list = try parsed[Self.list]
  }
}

struct ListFriends: Action {
  static let list = OptionalOperand("LIST", value: .choice(["family", "work"]), help: "Which list.")
  static let spec = CommandSpec<any Action>("list", summary: "List friends.", operands: [list]) { _ in ListFriends() }
}

struct Complete: Action {
  static let what = Operand("WHAT", value: .choice(["profiles"]), help: "Which values.")
  static let spec = CommandSpec<any Action>(
    "__complete", summary: "Values for completions.", isHidden: true, operands: [what]
  ) { _ in Complete() }
}
