import TextFormats

/// The exit codes of commands, other than success.
extension [ExitCode] {
  /// Prints known data.
  static var printing: [ExitCode] { [.usage, .io] }
  /// Reads or writes the configuration.
  static var configuring: [ExitCode] { [.usage, .configuration, .io] }
  /// Reads the ledger.
  static var recorded: [ExitCode] { [.refused, .usage, .configuration, .io] }
  /// Queries a provider.
  static var asking: [ExitCode] {
    [.refused, .usage, .configuration, .credentials, .unavailable, .unsupported, .io] + signals
  }
  /// Makes a provider do or change something.
  static var ordering: [ExitCode] { (asking + [.unknown]).inOrder }
  /// Queries a provider, and can wait.
  static var waiting: [ExitCode] { (asking + [.waitedTooLong]).inOrder }
  /// Sends, and can wait.
  static var resending: [ExitCode] { (ordering + [.waitedTooLong]).inOrder }
  /// Sends once with a key, or as a job.
  static var sendingOnce: [ExitCode] { (ordering + [.waitedTooLong, .busy]).inOrder }
  /// Sends a job.
  static var bulk: [ExitCode] { (ordering + [.busy]).inOrder }
  static var signals: [ExitCode] { [.signal(2), .signal(15)] }
  /// The exit codes of sendmail(8), from sysexits.h.
  static var mail: [ExitCode] { [64, 65, 67, 69, 74, 75, 77, 78].map(ExitCode.other) }
  /// In addition to the exit codes of the program that is run.
  static var program: [ExitCode] { [.usage, .unsupported, .other(126), .other(127)] }

  var inOrder: [ExitCode] { sorted { $0.number < $1.number } }
}
