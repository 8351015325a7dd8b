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
  private let options: RowOptions
  private let decoder: InputDecoder
  /// The sheet of a spreadsheet to read; nil for the first.
  private let sheet: String?

  /// Nil for a format leaves it to the content, then to the path's extension; nil for an encoding means UTF-8, or what a
  /// byte order mark says.
  init(
    _ context: Context, path: String, format: RowFormat? = nil, encoding: String? = nil, sheet: String? = nil,
    options: RowOptions = RowOptions()
  ) throws {
    try Self.requireReadable(path)
    self.sheet = sheet
    self.context = context
    self.path = path
    self.format = format
    self.options = options.likely(RowFormat(path: path))
    decoder = try InputDecoder(encoding)
  }

  /// What the user calls a file.
  static func name(of path: String) -> String { path == "-" ? "standard input" : path }

  /// Calls `header` once the columns are known, for inputs that have some for all rows, then `row` for each row, and
  /// `bad` for one that can't be read.
  func read(
    header: (ColumnSet) throws -> Void, row: (Row) throws -> Void, bad: (RowError) throws -> Void
  ) throws {
    let nextPiece = try source()
    var reader = RowReader(format: format, options: options)
    var awaitsHeader = true
    while true {
      while true {
        let next = try self.next(&reader, bad)
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

  /// The next row that can be read.
  private func next(_ reader: inout RowReader, _ bad: (RowError) throws -> Void) throws -> Row? {
    while true {
      do {
        return try reader.next()
      } catch {
        guard error.isOfOneRow else { throw InputError(error, file: Self.name(of: path)) }
        try bad(error)
      }
    }
  }

  private func piece(from source: ByteSource) throws -> [UInt8]? {
    do {
      return try decoder.decode(try source())
    } catch let error as SystemError where error.isFolder {
      throw InputError(.missingFile(error), at: .file(path))
    } catch let error as TextConversion.Invalid {
      throw InputError(decoder.problem(error), at: .file(Self.name(of: path)))
    }
  }

  private func source() throws -> ByteSource {
    guard path == "-" else {
      let source: ByteSource
      do {
        source = try context.environment.files.open(path)
      } catch {
        throw InputError(.missingFile(error), at: .file(path))
      }
      return format ?? RowFormat(path: path) == .xlsx ? try spreadsheet() : source
    }
    guard !context.environment.terminal.inputIsTerminal else {
      throw InputError(.inputIsTerminal(expected: "the list"), at: .argument("FILE"))
    }
    guard format != .xlsx else { throw InputError(.spreadsheetInPipe, at: .standardInput) }
    return context.environment.streams.readInput
  }

  private func spreadsheet() throws -> ByteSource {
    var rest: [UInt8]? = try SpreadsheetInput(context: context, path: path, sheet: sheet).csv()
    return { () throws(SystemError) in
      defer { rest = nil }
      return rest
    }
  }

  /// Refuses what is known by its name to be no list that can be read.
  private static func requireReadable(_ path: String) throws {
    let name = path.split(separator: ".").last?.lowercased() ?? ""
    guard path.contains("."), ["xls", "ods", "numbers", "pdf", "doc", "docx"].contains(name) else { return }
    throw InputError(.unreadableFormat(name), at: .file(path))
  }
}

extension InputError.Problem {
  fileprivate static let spreadsheetInPipe = Self(
    "an .xlsx can't be read from standard input", hint: "name the file, or save the list as CSV")

  fileprivate static func unreadableFormat(_ name: String) -> Self {
    let isSpreadsheet = ["xls", "ods", "numbers"].contains(name)
    return Self(
      ".\(name) files can't be read",
      hint: isSpreadsheet
        ? "open it and save it as .xlsx or CSV (UTF-8)" : "put the numbers and texts into a CSV file or a spreadsheet")
  }
}
