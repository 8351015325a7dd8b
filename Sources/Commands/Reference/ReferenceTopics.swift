import Application
import CommandLineKit
import TextFormats

/// Help topics that aren't about a single command; also sections of the man page and the reference.
enum ReferenceTopics {
  static var all: [ReferenceSection] { [configuration, formats, environment, files, exitCodes] }

  private static let formats = ReferenceSection(
    "Formats", topic: "formats",
    text: """
      Results go to standard output, everything else to standard error. --output chooses how results are written, \
      --columns which fields and in which order.
      """,
    entries: [
      ("table", "For people: aligned, without empty columns; truncated only on a terminal."),
      ("json", "For programs: one document. An array, or an object for commands with exactly one result."),
      ("jsonl", "One JSON object per line, written as each result arrives."),
      ("csv", "RFC 4180 with a header, nested fields as error.code; --csv-safe escapes formulas."),
      ("tsv", "Like csv, with tabs; a tab, line break, or backslash in a value becomes \\t, \\n, or \\\\."),
      ("NUMBER", "+, country code, and number; or as dialed in the country set by country_code."),
      ("TIME", "2027-03-01T09:30:00Z, '2027-03-01 09:30' in local time, @1803893400, now, +2h, -1d."),
      ("DURATION", "500ms, 30s, 5m, 2h, 7d."),
      ("RATE", "10/s, 300/m, 1000/h."),
    ])

  private static let files = ReferenceSection(
    "Files",
    entries: [
      ("~/.config/sms/config.toml", "The configuration; in $XDG_CONFIG_HOME if that is set."),
      ("~/.smsrc", "The configuration, if the file above doesn't exist."),
      (
        "~/.local/state/sms/ledger.db",
        "The ledger of jobs and messages; in $XDG_STATE_HOME, $SMS_STATE_DIR, or state_dir if set."
      ),
    ])

  private static var exitCodes: ReferenceSection {
    ReferenceSection(
      "Exit status", topic: "exit-codes",
      text: """
        If several apply, the first of these is reported: 10, 130 or 143, 6, 4, 5, 9, 1, 8. With 2, 3, and 7, nothing was sent.
        """,
      entries: ExitCode.documented.map { (String($0.number), $0.words) })
  }
}
