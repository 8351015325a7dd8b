import Application
import Configuration
import Messaging
import Platform
import TextFormats

/// Reads a message's text from an argument or from standard input.
struct MessageInput {
  /// More than any provider takes; a pipe that never ends must not fill the memory.
  private static let limit = 1 << 20

  private let context: Context

  init(_ context: Context) {
    self.context = context
  }

  /// The text of the argument; `-` and nil stand for standard input, of which one newline at the end is dropped.
  func text(_ argument: String?, argument name: String) throws -> String {
    if let argument, argument != "-" { return try checked(argument, at: .argument(name)) }
    return try text(ofBytes: try standardInput(argument: name, expected: "the message"), at: .standardInput)
  }

  /// The text of a file, one newline at its end dropped.
  func text(ofBytes bytes: [UInt8], at place: InputError.Place) throws -> String {
    guard bytes.count <= Self.limit else {
      throw InputError(.init("the message has more than \(Self.limit) bytes"), at: place)
    }
    let text: String
    do {
      text = try String(utf8: bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...])
    } catch {
      throw InputError(.init(MessageTextError.notUTF8(offset: error.offset).reason), at: place)
    }
    return try checked(text, at: place)
  }

  /// A text that is known to be UTF-8, unless it is empty or blank.
  func checked(_ text: String, at place: InputError.Place) throws -> String {
    do {
      return try MessageText.checked(text)
    } catch {
      throw InputError(.init(error.reason), at: place)
    }
  }

  /// The text of a file, or of standard input for `-`, one newline at its end dropped.
  func text(ofFile path: String) throws -> String {
    let bytes = try bytes(ofFile: path, argument: "--message-file", expected: "the message")
    return try text(ofBytes: bytes, at: path == "-" ? .standardInput : .file(path))
  }

  /// All bytes of a file, or of standard input for `-` and nil.
  func bytes(
    ofFile path: String?, argument name: String, expected: String
  ) throws -> [UInt8] {
    guard let path, path != "-" else { return try standardInput(argument: name, expected: expected) }
    do {
      return try context.environment.files.read(path, Self.limit)
    } catch {
      throw InputError(.missingFile(error), at: .file(path))
    }
  }

  private func standardInput(argument name: String, expected: String) throws -> [UInt8] {
    guard !context.environment.terminal.inputIsTerminal else {
      throw InputError(.inputIsTerminal(expected: expected), at: .argument(name))
    }
    var bytes: [UInt8] = []
    while bytes.count <= Self.limit,
      let piece = try context.environment.streams.readInput()
    {
      bytes += piece
    }
    return bytes
  }
}
