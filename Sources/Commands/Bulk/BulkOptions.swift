import Application
import CommandLineKit
import Configuration
import Delivery
import Output
import TextFormats

/// The options of `bulk`, besides those of every command that sends.
struct BulkOptions: Sendable {
  static let format = Option(
    "format", value: .enumeration(RowFormat.self).named("FORMAT"), group: inputGroup,
    help: "Format of FILE. Detected from its content and name if not given.")
  static let toColumn = Option(
    "to-column", value: .string.named("NAME"), fallback: "to, number, phone, mobile, …", group: inputGroup,
    help: "Column with the phone number.")
  static let messageColumn = Option(
    "message-column", value: .string.named("NAME"), fallback: "message, body, text, …", group: inputGroup,
    help: "Column with the text.")
  static let fields = Option(
    "fields", value: .list(of: ValueKind<String>.string.named("NAME")), group: inputGroup,
    help: "Column names for a CSV without a header. For example: to,name.")
  static let delimiter = Option(
    "delimiter", value: .delimiter, group: inputGroup, help: "CSV delimiter. Detected from the header if not given.")
  static let encoding = Option(
    "encoding", value: .string.named("NAME"), fallback: "UTF-8", group: inputGroup,
    help: "Encoding of FILE, such as windows-1252.")
  static let sheet = Option(
    "sheet", value: .string.named("NAME"), group: inputGroup, help: "Sheet of an XLSX file. The first one if not given."
  )
  static let minRows = Option(
    "min-rows", value: .int(1...Int.max), group: inputGroup, help: "Send nothing if there are fewer than N rows.")
  static let templateColumn = Flag(
    "template-column", group: inputGroup, help: "Fill in {{column}} in the texts of FILE, too.")
  static let literal = Flag(
    "literal", group: inputGroup, help: "Send the texts in FILE exactly as they are.")
  static let message = Option(
    "message", value: .string, group: inputGroup, help: "Text template, such as 'Hi {{name|there}}'.")
  static let messageFile = Option(
    "message-file", value: .file, group: inputGroup, help: "Read the text template from a file.")
  static let suppress = Option(
    "suppress", value: .file, group: inputGroup, help: "Never send to the numbers in this file. It can have any format."
  )
  static let suppressColumn = Option(
    "suppress-column", value: .string.named("NAME"), fallback: "every column with numbers", group: inputGroup,
    help: "Column of that file with the numbers.")
  static let skipInvalid = Flag("skip-invalid", group: inputGroup, help: "Skip bad rows instead of sending nothing.")
  static let shortCodes = Flag(
    "short-codes", group: inputGroup, help: "Allow short codes (3 to 6 digits).")
  static let allowDuplicates = Flag(
    "allow-duplicates", group: inputGroup, help: "Allow rows with the same number and text.")
  static let shard = Option(
    "shard", value: .shard, group: inputGroup, help: "Send only part K of N. Splits a list over several machines.")
  static let limit = Option(
    "limit", value: .int(1...Int.max), group: inputGroup, help: "Send only the first N rows.")
  static let rate = Option(
    "rate", value: .rate, variable: "SMS_RATE", group: paceGroup, help: "Maximum send rate, such as 10/s.")
  static let concurrency = CommonSettings.concurrency.option(
    group: paceGroup, help: "Maximum number of concurrent requests.")
  /// The default is large enough to be fast, and small enough that a lost reply leaves few messages unknown.
  static let batch = Option(
    "batch", value: .int(1...Int.max), default: 100, group: paceGroup,
    help: "Maximum messages per request. The provider's own limit applies, too.")
  static let maxFailures = Option(
    "max-failures", value: .int(1...Int.max), group: paceGroup, help: "Stop after N failed or unknown messages.")
  static let dryRun = Flag("dry-run", short: "n", help: "Show what would be sent; send nothing.")

  /// The options that determine what is sent.
  static let input: [any OptionDeclaration] = [
    dryRun, format, toColumn, messageColumn, fields, delimiter, encoding, sheet, message, messageFile, templateColumn,
    literal, suppress, suppressColumn, skipInvalid, shortCodes, minRows, allowDuplicates, shard, limit,
  ]
  static let all: [any OptionDeclaration] =
    input + JobOptions.all + CostOptions.all + [CostOptions.yes, rate, concurrency, batch, maxFailures]

  private static let inputGroup = "Input"
  private static let paceGroup = "Pace"

  var format: RowFormat?
  var toColumn: String?
  var messageColumn: String?
  /// How to parse FILE, as far as options specify it.
  var rows = RowOptions()
  var encoding: String?
  var sheet: String?
  var minRows: Int?
  var fillsTexts: Bool
  var isLiteral: Bool
  var message: String?
  var messageFile: String?
  var suppress: String?
  var suppressColumn: String?
  var skipsInvalid: Bool
  var takesShortCodes: Bool
  var allowsDuplicates: Bool
  var shard: Shard?
  var limit: Int?
  var rate: Rate?
  var concurrency: Int?
  var batch: Int
  var maxFailures: Int?
  var isDryRun: Bool
  var job: JobOptions
  var cost: CostOptions

  /// Throws if options contradict each other.
  init(_ parsed: Parsed) throws(UsageError) {
    try parsed.allowOne(of: Self.message, Self.messageFile, Self.messageColumn)
    format = parsed[Self.format]
    toColumn = parsed[Self.toColumn]
    messageColumn = parsed[Self.messageColumn]
    try parsed.allowOne(of: Self.templateColumn, Self.literal)
    rows.columns = parsed[Self.fields]
    rows.delimiter = parsed[Self.delimiter]
    encoding = parsed[Self.encoding]
    sheet = parsed[Self.sheet]
    minRows = parsed[Self.minRows]
    fillsTexts = parsed[Self.templateColumn]
    isLiteral = parsed[Self.literal]
    message = parsed[Self.message]
    messageFile = parsed[Self.messageFile]
    suppress = parsed[Self.suppress]
    suppressColumn = parsed[Self.suppressColumn]
    try parsed.require(Self.suppressColumn, with: Self.suppress)
    skipsInvalid = parsed[Self.skipInvalid]
    takesShortCodes = parsed[Self.shortCodes]
    allowsDuplicates = parsed[Self.allowDuplicates]
    shard = parsed[Self.shard]
    limit = parsed[Self.limit]
    rate = parsed[Self.rate]
    concurrency = parsed[Self.concurrency]
    batch = parsed[Self.batch]
    maxFailures = parsed[Self.maxFailures]
    isDryRun = parsed[Self.dryRun]
    job = try JobOptions(parsed)
    cost = CostOptions(parsed)
  }
}

extension ValueKind where Value == Shard {
  /// `K/N`.
  static var shard: Self {
    ValueKind("K/N") { (text) throws(ValueProblem) in
      guard let shard = Shard(text) else {
        throw .other("not a shard", hint: "use K/N, such as 2/5 for the second of five parts")
      }
      return shard
    }
  }
}

extension ValueKind where Value == UInt8 {
  /// One ASCII character, or `tab`.
  static var delimiter: Self {
    ValueKind("C") { (text) throws(ValueProblem) in
      if text == "tab" || text == "\\t" { return UInt8(ascii: "\t") }
      guard text.utf8.count == 1, let byte = text.utf8.first, byte != UInt8(ascii: "\""), !byte.isLetterOrDigit else {
        throw .other("not a delimiter", hint: "use one character such as ; or |, or the word tab")
      }
      return byte
    }
  }
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool { Unicode.Scalar(self).properties.isAlphabetic || 0x30...0x39 ~= self }
}

/// The options of `bulk` that select a job of the ledger.
struct JobOptions: Sendable {
  static let job = Option(
    "job", value: .jobName, group: group,
    help: "Name the job. Repeating the command with the same name sends only what wasn't sent.")
  static let resume = Option(
    "resume", value: .jobName, group: group, help: "Continue this job; FILE isn't needed.")
  static let new = Flag(
    "new", group: group, help: "Cancel the unfinished job; send everything again.")
  static let retryUnknown = Flag(
    "retry-unknown", group: group, help: "Resend unknown messages; some may arrive twice.")
  static let reconcile = Flag(
    "reconcile", group: group, help: "Ask the provider about unknown messages. Those it never received are sent.")
  static let settle = Option(
    "settle", value: .duration, fallback: "timeout + 1m", variable: "SMS_SETTLE", group: group,
    help: "How long a lost request may still arrive. Requires --reconcile.")

  static let retryFailed = Flag(
    "retry-failed", group: group, help: "Resend failed messages. Requires --job or --resume.")

  static let all: [any OptionDeclaration] = [job, resume, new, reconcile, settle, retryUnknown, retryFailed]

  private static let group = "Job"

  var name: String?
  var resumed: String?
  var startsAnew: Bool
  var retriesUnknown: Bool
  var reconciles: Bool
  var retriesFailed: Bool
  /// How long a request whose reply was lost may take to arrive; nil for the profile's setting.
  var settle: Duration?

  /// Throws if options contradict each other.
  init(_ parsed: Parsed) throws(UsageError) {
    try parsed.allowOne(of: Self.job, Self.resume, Self.new)
    try parsed.allowOne(of: Self.reconcile, Self.retryUnknown)
    try parsed.require(Self.retryFailed, with: Self.job, Self.resume)
    name = parsed[Self.job]
    resumed = parsed[Self.resume]
    startsAnew = parsed[Self.new]
    retriesUnknown = parsed[Self.retryUnknown]
    reconciles = parsed[Self.reconcile]
    retriesFailed = parsed[Self.retryFailed]
    settle = parsed[Self.settle]
  }
}

extension ValueKind where Value == String {
  /// A name of 1 to 100 visible characters.
  fileprivate static var jobName: Self {
    ValueKind("JOB", completion: .dynamic("jobs")) { (text) throws(ValueProblem) in
      guard !text.isEmpty else { throw .empty }
      guard text.isName(upTo: 100) else {
        throw .other("not a valid job name", hint: "use up to 100 characters, without control characters")
      }
      return text
    }
  }
}
