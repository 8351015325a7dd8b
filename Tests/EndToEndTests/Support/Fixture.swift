import Platform
import TestSupport

/// What examples of the documentation speak of: files, variables, messages that were sent.
enum Fixture {
  /// Puts the files that examples name into the sandbox's folder; `docs` has the list that the pages speak of.
  static func write(to sandbox: TestSandbox, docs: String) throws {
    let list = try Files.read("\(docs)/examples/list.csv", limit: 1 << 20)
    for name in ["list.csv", "monday.csv"] { try sandbox.write(name, list) }
    try sandbox.write("friends.csv", "name,mobile\nAda,+15550100001\nGrace,+15550100002\n")
    try sandbox.write("mail.txt", "To: root\nSubject: Hello\n\nHello\n")
    try sandbox.write("backup.sh", "#!/bin/sh\n")
    try sandbox.write("Makefile", "test:\n\t@true\n")
    try sandbox.write("news.txt", "We open at nine.\n")
    try sandbox.write("stop.txt", "+15550100002\n")
    try sandbox.write("numbers-1.txt", "+15550100001\n+15550100002\n")
    try sandbox.write("body", webhookBody)
    try sandbox.write("new.toml", try Files.read("\(sandbox.folder)/sandbox.toml", limit: 1 << 20))
    try Files.makeFolders("\(sandbox.folder)/docs/examples")
    try sandbox.write("docs/examples/list.csv", list)
    try Files.makeFolders("\(sandbox.folder)/.config/sms")
    try sandbox.write(".config/sms/config.toml", try Files.read("\(sandbox.folder)/sandbox.toml", limit: 1 << 20))
    for folder in [".local/share/bash-completion/completions", ".zfunc", ".config/fish/completions"] {
      try Files.makeFolders("\(sandbox.folder)/\(folder)")
    }
  }

  /// What is to be run before an example, so that there is what it asks for.
  static func preamble(of example: String) -> String {
    needs.filter { example.contains($0.word) }.map(\.script).joined()
  }

  /// Messages 1 to 3 came in, so the first that is sent has the ID 4.
  private static let needs: [(word: String, script: String)] = [
    ("spring", "sms bulk list.csv --job spring --quiet >sent\n"),
    (" 4", "sms bulk list.csv --quiet >sent\n"),
    ("$group", "group=$(sms send +15550100001 Hello -o json | jq -r '.[0].group_id')\n"),
    ("smsit status --to", "sms -p smsit send +15550100001 Hello >sent\n"),
    ("--group 1001", "sms -p smsit list-send Friends Hello >sent\n"),
    ("$code", "code=$(sms -p smsit otp generate -o csv --columns code --no-header)\n"),
    ("ussd status", "sms ussd send '*150#' --device 1 >sent\n"),
    ("$HTTP_X_SG_SIGNATURE", "HTTP_X_SG_SIGNATURE=\(webhookSignature)\n"),
    ("config init", "export SMS_CONFIG=fresh.toml; rm .config/sms/config.toml\n"),
    ("config add", "export SMS_CONFIG=fresh.toml; mkdir -p ~/.secrets; printf %s K3Y > ~/.secrets/key\n"),
    (
      "config remove old",
      "export SMS_CONFIG=fresh.toml; sms config add old --provider sendapp --key-env KEY -q >sent\n"
    ),
    ("accepted.jsonl", "ln -s log.jsonl accepted.jsonl\n"),
    ("$EDITOR", "EDITOR=true\n"),
    ("./backup.sh", "chmod +x backup.sh\n"),
  ]

  /// As the gateway posts it, and signed with the key of the sandbox's account.
  private static let webhookBody =
    #"messages=[{"ID":1,"number":"15550100001","message":"Hi","status":"Received"}]"#
  private static let webhookSignature = "ep7aUAZrObxiO56WYxGVMHN0olWVvcoz9U/q2hUe62o="
}
