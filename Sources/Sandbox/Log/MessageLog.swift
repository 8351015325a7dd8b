import Platform

/// The file that each accepted message is written to before its reply leaves.
struct MessageLog {
  private let file: FileDescriptor

  /// Opens the file to write at its end.
  init(path: String) throws(SystemError) {
    file = try Files.openForAppending(path)
  }

  /// Writes the messages of one request with a single `write`.
  func append(_ messages: [AcceptedMessage]) throws(SystemError) {
    guard !messages.isEmpty else { return }
    try file.writeAll(messages.flatMap(\.line))
  }

  func close() {
    file.close()
  }
}
