import Application
import Configuration
import Messaging
import Platform
import TextFormats

/// Reads the rows of a file, or of standard input for `-`, one at a time.
struct InputRows {
  private let context: Context
  private let path: String
  private let format: RowFormat?

  /// Nil for a format leaves it to the path's extension, then to the content.
  init(_ context: Context, path: String, format: RowFormat?) {
    self.context = context
    self.path = path
    self.format = format ?? RowFormat(path: path)
  }

  /// What the user calls a file.
  static func name(of path: String) -> String { path == "-" ? "standard input" : path }

  /// Calls `header` once the columns are known, for inputs that have some for all rows, then `row` for each row.
  func read(
    header: (ColumnSet) throws -> Void, row: (Row) throws -> Void
  ) throws {
    let nextPiece = try source()
    var reader = RowReader(format: format)
    var awaitsHeader = true
    while true {
      while true {
        let next = try self.next(&reader)
        if awaitsHeader, let columns = reader.columns {
          awaitsHeader = false
          try header(columns)
        }
        guard let next else { break }
        try row(next)
      }
      if reader.isFinished { return }
      if let piece = try piece(from: nextPiece) { reader.append(piece) } else { reader.finish() }
    }
  }

  func place(of row: Row) -> InputError.Place {
    .row(file: Self.name(of: path), row: row.number, line: row.position.line)
  }

  private func next(_ reader: inout RowReader) throws -> Row? {
    do {
      return try reader.next()
    } catch {
      throw InputError(error, file: Self.name(of: path))
    }
  }

  private func piece(from source: ByteSource) throws -> [UInt8]? {
    do {
      return try source()
    } catch let error where error.isFolder {
      throw InputError(.missingFile(error), at: .file(path))
    } catch {
      throw error
    }
  }

  private func source() throws -> ByteSource {
    guard path == "-" else {
      do {
        return try context.environment.files.open(path)
      } catch {
        throw InputError(.missingFile(error), at: .file(path))
      }
    }
    guard !context.environment.terminal.inputIsTerminal else {
      throw InputError(.inputIsTerminal(expected: "the list"), at: .argument("FILE"))
    }
    return context.environment.streams.readInput
  }
}
