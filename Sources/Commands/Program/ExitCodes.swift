import TextFormats

/// What commands can end with, beside success.
extension [ExitCode] {
  /// Prints something that is known already.
  static var printing: [ExitCode] { [.usage, .io] }
  /// Reads the configuration, or writes it.
  static var configuring: [ExitCode] { [.usage, .configuration, .io] }
  /// Looks at the ledger.
  static var recorded: [ExitCode] { [.refused, .usage, .configuration, .io] }
  /// Asks a provider.
  static var asking: [ExitCode] {
    [.refused, .usage, .configuration, .credentials, .unavailable, .unsupported, .io] + signals
  }
  /// Asks a provider to do something, or something to change.
  static var ordering: [ExitCode] { (asking + [.unknown]).inOrder }
  /// Asks, and may wait.
  static var waiting: [ExitCode] { (asking + [.waitedTooLong]).inOrder }
  /// Sends, and may wait.
  static var resending: [ExitCode] { (ordering + [.waitedTooLong]).inOrder }
  /// Sends once under a key, or as a job.
  static var sendingOnce: [ExitCode] { (ordering + [.waitedTooLong, .busy]).inOrder }
  /// Sends a job.
  static var bulk: [ExitCode] { (ordering + [.busy]).inOrder }
  static var signals: [ExitCode] { [.signal(2), .signal(15)] }
  /// Those of sendmail(8), as sysexits.h has them.
  static var mail: [ExitCode] { [64, 65, 67, 69, 74, 75, 77, 78].map(ExitCode.other) }
  /// The program's own come beside these.
  static var program: [ExitCode] { [.usage, .unsupported, .other(126), .other(127)] }

  var inOrder: [ExitCode] { sorted { $0.number < $1.number } }
}
