import Application
import CommandLineKit
import Configuration
import Delivery
import Ledger
import Messaging
import TextFormats

/// Sends a mail that a program passes as it would to `sendmail`.
struct SendmailCommand: Command {
  static let capability = Capability("sendmail") { _ in true }
  static let recipients = RepeatedOperand(
    "RECIPIENT", help: "A number, or an address such as +15550100001@sms; all others go to --to.")
  static let fromHeaders = Flag("from-headers", short: "t", help: "Also send to the numbers in To, Cc, and Bcc.")
  static let to = Option(
    "to", value: .string.named("NUMBER,..."), fallback: "sendmail_to of the configuration",
    variable: CommonSettings.sendmailTo.variableName,
    help: "Numbers that get email addressed to anyone else.")
  static let maxSegments = Option(
    "max-segments", value: .int(1...10), default: 3, help: "Cut the text to at most N segments.")
  static let maxMessages = Option(
    "max-messages", value: .int(1...Int.max), default: 20, help: "Send nothing if there are more than N recipients.")
  static let dryRun = Flag("dry-run", short: "n", help: "Show what would be sent; send nothing.")
  static let spec = CommandSpec<any Command>(
    "sendmail", summary: "Text an email; works as a replacement for sendmail.",
    discussion: """
      Reads an email from standard input and texts its subject and body. Programs that report by email, such as \
      cron, mdadm, and fail2ban, need no wrapper. A symbolic link to sms named sendmail works like this command:

        ln -s /usr/local/bin/sms /usr/sbin/sendmail

      It accepts sendmail's flags: -t reads recipients from the email; -i, -f, -F, -B, -N, -R, -V, -O, -o and others \
      are ignored. -bs, -bd and other modes are errors (exit code 64). On success it prints nothing.

      A recipient is a phone number if it starts with + (at any domain), or if it is only digits, without a domain or \
      at the domain sms (there, an international number). Email for anyone else, such as root, goes to the number \
      given with --to, SMS_SENDMAIL_TO, or the setting sendmail_to.

      Within --key-ttl, an email with a Message-ID is sent to the same recipients only once, even if it is passed in \
      again.

      The exit codes are those of sysexits.h: 64 usage, 65 no text in the email, 67 no number for a recipient, 69 \
      refused or outcome unknown, 74 input or output, 75 not sent, try again later, 77 credentials, 78 configuration. \
      Only 75 means that a retry makes sense; it is never used when a message may have been sent.
      """,
    examples: [
      Example("sms sendmail +15550100001 < mail.txt", "Text an email to a number."),
      Example("sms sendmail -t -i --to +15550100001 < mail.txt", "Text it to this number, whoever it is addressed to."),
      Example("sms sendmail root --to +15550100001 --dry-run < mail.txt", "See what would be sent."),
    ],
    group: "Sending",
    options: [fromHeaders, to, maxSegments, maxMessages, dryRun, SendOptionSet.from] + KeyOptions.all,
    operands: [recipients], commonMistakes: CommonMistake.options(["-b"], "only -bm is supported; omit -b"),
    exits: .mail, rewrite: SendmailArguments.withoutIgnored, make: SendmailCommand.init)

  private let operands: [String]
  private let readsHeaders: Bool
  private let fallback: String?
  private let segments: Int
  private let mostMessages: Int
  private let isDryRun: Bool
  private let keyOptions: KeyOptions
  private let options: SendOptionSet

  init(_ parsed: Parsed) throws(UsageError) {
    operands = parsed[Self.recipients]
    readsHeaders = parsed[Self.fromHeaders]
    fallback = parsed[Self.to]
    segments = parsed[Self.maxSegments]
    mostMessages = parsed[Self.maxMessages]
    isDryRun = parsed[Self.dryRun]
    keyOptions = KeyOptions(parsed)
    options = try SendOptionSet(parsed)
  }

  func run(_ context: Context) throws {
    let settings = try context.settings()
    let sending = try SendingContext(context, settings, options)
    let mail = MailMessage(try MessageInput(context: context).mail(), decode: MailText.decode)
    let numbers = try numbers(of: mail, sending)
    guard let text = MailText.text(of: mail, segments: segments) else {
      throw Failure.emptyMail
    }
    let messages = numbers.map { sending.template.message(to: $0, body: text) }
    try sending.check(messages)
    if isDryRun { return try context.printer(of: MessageRecord.self).finish(with: messages.map(sending.planned)) }
    try send(messages, mail, sending)
  }

  private func numbers(of mail: MailMessage, _ sending: SendingContext) throws -> [PhoneNumber] {
    let addresses = operands.flatMap { MailAddresses.read(Array($0.utf8)) } + (readsHeaders ? mail.recipients : [])
    let numbers = try MailRecipients(sending.context, sending.settings, fallback: fallback).numbers(of: addresses)
    guard numbers.count <= mostMessages else {
      throw Failure.tooMany(numbers.count, limit: mostMessages)
    }
    return numbers
  }
}

// MARK: - Sending

extension SendmailCommand {
  private func send(_ messages: [OutgoingMessage], _ mail: MailMessage, _ sending: SendingContext) throws {
    if let key = try keyOptions.key(sending.context) {
      return try send(messages, under: key, sending, canReconcile: true)
    }
    if let key = keyOptions.key(of: mail, to: messages) {
      do {
        return try send(messages, under: key, sending, canReconcile: false)
      } catch is LedgerError {
        // Nothing was sent yet. The mail may be about this very problem, such as a full disk, so it is sent without
        // a key.
      }
    }
    let reporter = DeliveryReporter(silentFor: sending.context)
    let sender = RecordedSending(sending.context, sending.settings, Self.capability)
    let session = try ProviderSession(sending.context, sending.settings, for: Self.capability)
    let result = try sender.send(messages, through: session, report: reporter.report)
    do {
      try reporter.finish(result, of: messages.map(sending.planned), session)
    } catch let error as any UserError {
      // Otherwise, the caller would pass the whole mail again.
      throw result.counts.accepted + result.counts.unknown > 0 ? Failure(error, as: .unavailable) : error
    }
  }

  /// `canReconcile` only with the user's own key, because only then can the same command be run with `--reconcile`.
  private func send(
    _ messages: [OutgoingMessage], under key: SendKey, _ sending: SendingContext, canReconcile: Bool
  ) throws {
    let reporter = DeliveryReporter(silentFor: sending.context)
    let keyed = try KeyedSending(sending.context, sending.settings, key, keyOptions)
    let session = try ProviderSession(sending.context, sending.settings, for: Self.capability)
    let content = options.content(
      of: Self.capability, to: messages.map(\.to.e164), body: messages.first?.body ?? "", sending.template)
    let outcome = try keyed.send(content, messages.map(sending.planned), through: session) { _, left in
      .messages(try left.map { try $0.message(among: messages) })
    }
    do {
      try reporter.finish(outcome, session, canReconcile: canReconcile)
    } catch let error as LedgerError {
      throw Failure(error, as: .io)
    }
  }
}

extension KeyOptions {
  /// The key of a mail with a Message-ID, so that a mail that is delivered again isn't sent again. The key also
  /// covers the recipients and the text: a mail may arrive once per recipient, and mailing lists change texts.
  fileprivate func key(of mail: MailMessage, to messages: [OutgoingMessage]) -> SendKey? {
    guard let id = mail.messageID else { return nil }
    let fields = [id] + messages.map(\.to.e164).sorted() + [messages.first?.body ?? ""]
    let digest = SHA256.digest(of: Array(fields.joined(separator: "\0").utf8)).prefix(16)
    return SendKey("mail-\(digest.map(\.hexadecimal).joined())", lifetime: lifetime)
  }
}

extension MessageInput {
  /// A longer mail is read to its end, so that its sender isn't blocked, but the excess is dropped: large mails
  /// have attachments after their text.
  private static let mostOfMail = 1 << 20

  fileprivate func mail() throws -> [UInt8] {
    guard !context.environment.terminal.inputIsTerminal else {
      throw Failure.inputIsTerminal
    }
    var mail: [UInt8] = []
    while let piece = try context.environment.streams.readInput() {
      if mail.count < Self.mostOfMail { mail += piece }
    }
    return mail
  }
}

/// The command line of `sendmail`, whose single letters have other meanings than in this program.
enum SendmailArguments {
  /// Letters that have no effect here.
  private static let ignored: Set<Unicode.Scalar> = ["i", "m", "G", "U", "E"]
  /// Letters without effect that take a value, either attached or as the next argument.
  private static let ignoredWithValue: Set<Unicode.Scalar> = [
    "f", "r", "F", "B", "N", "R", "V", "O", "o", "e", "L", "X", "C", "A", "d",
  ]

  /// Removes ignored letters from the arguments after `sms sendmail`. Keeps long options, `-t`, and this program's
  /// letters.
  static func withoutIgnored(_ arguments: [String]) -> [String] {
    without(ignored, ignoredWithValue, arguments)
  }

  /// Removes ignored letters from the arguments after `sendmail`, where `-n` (no aliases) isn't a dry run, and `-h`
  /// (hop count) isn't a request for help.
  static func ofMailer(_ arguments: [String]) -> [String] {
    without(ignored.union(["n"]), ignoredWithValue.union(["h"]), arguments)
  }

  private static func without(
    _ ignored: Set<Unicode.Scalar>, _ ignoredWithValue: Set<Unicode.Scalar>, _ arguments: [String]
  ) -> [String] {
    var kept: [String] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" { return kept + [argument] + rest }
      guard argument.hasPrefix("-"), !argument.hasPrefix("--"), argument != "-" else {
        kept.append(argument)
        continue
      }
      let letters = letters(argument.unicodeScalars.dropFirst(), &rest, ignored, ignoredWithValue)
      if !letters.isEmpty { kept.append("-\(letters)") }
    }
    return kept
  }

  /// The letters of a bundle that aren't ignored; takes the next argument if it is the value of the last one.
  private static func letters(
    _ letters: Substring.UnicodeScalarView, _ rest: inout ArraySlice<String>, _ ignored: Set<Unicode.Scalar>,
    _ ignoredWithValue: Set<Unicode.Scalar>
  ) -> String {
    var kept = String.UnicodeScalarView()
    var letters = letters
    while let letter = letters.popFirst() {
      if ignoredWithValue.contains(letter) {
        if letters.isEmpty { _ = rest.popFirst() }
        return String(kept)
      }
      // `-bm` means to deliver the mail, which is what happens anyway.
      if letter == "b", letters.elementsEqual(["m"]) { return String(kept) }
      if !ignored.contains(letter) { kept.append(letter) }
      if letter == "p" || letter == "c" || letter == "b" {
        kept.append(contentsOf: letters)
        break
      }
    }
    return String(kept)
  }
}
