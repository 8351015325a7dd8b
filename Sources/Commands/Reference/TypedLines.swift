import CommandLineKit

/// Invalid command lines, and the error for each.
enum TypedLines {
  private static let lines = [
    "sms -v", "sms send 1 a b", "sms send --to 1", "sms send --text x", "sms send --file x", "sms send 1 x --at 25:00",
    "sms send 1 x --price free", "sms send 1 x --device x", "sms send 1 x --attach cat.jpg",
    "sms send 1 x --sender-id 123456789012", "sms send 1 x --key \u{7}", "sms send 1 x --from a\nb", "sms bulk a b",
    "sms bulk a --text x", "sms bulk --file a", "sms bulk --to 1", "sms bulk a --shard 3", "sms bulk a --delimiter ab",
    "sms bulk a --job \u{7}", "sms bulk --resume a --limit 1", "sms list-send --list a", "sms list-send a --text x",
    "sms list-send a --file x", "sms jobs --before 1d", "sms jobs prnue --before -1d", "sms jobs a b",
    "sms jobs cancle b",
    "sms status --limit x", "sms contacts list --number a", "sms balance --min x", "sms otp send 1 --message x",
    "sms otp send 1 --message {{x}}{{code}}", "sms run 1 make", "sms run 1 a b", "sms sendmail -bs",
    "sms sandbox --fault drop", "sms sandbox --fault hang=2", "sms sandbox --fault slo", "sms sandbox --fault xyz",
    "sms config add \u{7} --provider sendapp", "sms config add a --provider sendapp --account-id 1",
    "sms config add a --provider sendapp --key K",
  ]

  static var errors: [UsageError] {
    lines.compactMap { line in
      let words = line.split(separator: " ").dropFirst().map(String.init)
      guard case .failure(let error) = SMSProgram.program.parse(words).request else { return nil }
      return error
    } + [SMSProgram.versionAsked]
  }
}
