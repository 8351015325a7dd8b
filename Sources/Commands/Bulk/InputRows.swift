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
    header: (ColumnSet) throws(CommandError) -> Void, row: (Row) throws(CommandError) -> Void
  ) throws(CommandError) {
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

  private func next(_ reader: inout RowReader) throws(CommandError) -> Row? {
    do {
      return try reader.next()
    } catch {
      let place = InputError.Place.row(file: Self.name(of: path), row: error.row, line: error.position.line)
      throw .input(InputError(place: place, problem: .rows(error)))
    }
  }

  private func piece(from source: ByteSource) throws(CommandError) -> [UInt8]? {
    do {
      return try source()
    } catch let error where error.isFolder {
      throw .input(InputError(place: .file(path), problem: .missingFile(error)))
    } catch {
      throw .io(error)
    }
  }

  private func source() throws(CommandError) -> ByteSource {
    guard path == "-" else {
      do {
        return try context.environment.files.open(path)
      } catch {
        throw .input(InputError(place: .file(path), problem: .missingFile(error)))
      }
    }
    guard !context.environment.terminal.inputIsTerminal else {
      throw .input(InputError(place: .argument("FILE"), problem: .inputIsTerminal(expected: "the list")))
    }
    return context.environment.streams.readInput
  }
}
