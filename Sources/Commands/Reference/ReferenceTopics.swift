import Application
import CommandLineKit
import TextFormats

/// What is to be known beyond single commands: topics of help, and sections of the man page and the reference.
enum ReferenceTopics {
  static var all: [ReferenceSection] { [configuration, formats, environment, files, exitCodes] }

  private static let formats = ReferenceSection(
    "Formats", topic: "formats",
    text: """
      Results go to standard output, everything else to standard error. --output chooses how results are written, \
      --columns which fields and in which order.
      """,
    entries: [
      ("table", "For people: aligned, without columns that have no value; cut to the width only on a terminal."),
      ("json", "For programs: one document, an array also of one record; an object where there can only be one."),
      ("jsonl", "One JSON object a line, written as each result arrives."),
      ("csv", "RFC 4180 with a header, nested fields as error.code; --csv-safe disarms what spreadsheets would run."),
      ("NUMBER", "+, country code, number; or as it is dialed in the country of country_code."),
      ("TIME", "2027-03-01T09:30:00Z, '2027-03-01 09:30' on this machine's clocks, @1803893400, now, +2h, -1d."),
      ("DURATION", "500ms, 30s, 5m, 2h, 7d."),
      ("RATE", "10/s, 300/m, 1000/h."),
    ])

  private static let files = ReferenceSection(
    "Files",
    entries: [
      ("~/.config/sms/config.toml", "The configuration; below $XDG_CONFIG_HOME where that is set."),
      ("~/.smsrc", "The configuration where there is no other."),
      (
        "~/.local/state/sms/ledger.db",
        "The ledger: jobs and messages; below $XDG_STATE_HOME, or in $SMS_STATE_DIR or state_dir."
      ),
    ])

  private static var exitCodes: ReferenceSection {
    ReferenceSection(
      "Exit status", topic: "exit-codes",
      text: """
        Of several the first of these is reported: 10, 130 or 143, 6, 4, 5, 9, 1, 8. With 2, 3 and 7 nothing was sent.
        """,
      entries: ExitCode.documented.map { (String($0.number), $0.words) })
  }
}
