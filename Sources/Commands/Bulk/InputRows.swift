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
  /// The sheet to read of a spreadsheet; nil for the first.
  private let sheet: String?

  /// Without a format, the content determines it, or else the path's extension. Without an encoding, it is that of
  /// the byte order mark, or else UTF-8.
  init(
    _ context: Context, path: String, format: RowFormat? = nil, encoding: String? = nil, sheet: String? = nil,
    options: RowOptions = RowOptions()
  ) throws {
    self.sheet = sheet
    self.context = context
    self.path = path
    self.format = format
    self.options = options.likely(RowFormat(path: path))
    decoder = try InputDecoder(encoding, isFallback: options.isStopList)
  }

  /// A file's name in messages.
  static func name(of path: String) -> String { path == "-" ? "standard input" : path }

  /// Calls `header` with the columns, if the input has the same for all rows, then `row` for each row, and `bad`
  /// for each row that can't be parsed.
  func read(
    header: (ColumnSet) throws -> Void, row: (Row) throws -> Void, bad: (RowError) throws -> Void
  ) throws {
    let (nextPiece, isSheet) = try source()
    var reader = RowReader(format: isSheet ? .xlsx : format, options: options)
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
      let piece = try namingFile { try isSheet ? nextPiece() : self.piece(from: nextPiece) }
      if let piece { reader.append(piece) } else { reader.finish() }
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
        let isOfOneRow = error.isOfOneRow
        let error = decoder.guessing(error)
        guard isOfOneRow else { throw InputError(error, file: Self.name(of: path), isStopList: options.isStopList) }
        try bad(error)
      }
    }
  }

  private func piece(from source: () throws -> [UInt8]?) throws -> [UInt8]? {
    do {
      return try decoder.decode(try source())
    } catch let error as SystemError where error.isFolder {
      throw InputError(.missingFile(error), at: .file(path))
    }
  }

  /// Adds the file as the place of an error that has none.
  private func namingFile<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as InputError where error.place == nil {
      throw InputError(error.problem, at: .file(Self.name(of: path)))
    }
  }
}

// MARK: - The kind of file

extension InputRows {
  /// The bytes of the input, or of a spreadsheet's sheet converted to CSV.
  private func source() throws -> (next: () throws -> [UInt8]?, isSheet: Bool) {
    let source = try opened()
    let head = try head(of: source)
    switch FileKind(of: head) {
    case .archive: return (try spreadsheet(), true)
    case .unreadable(let problem): throw InputError(problem, at: .file(Self.name(of: path)))
    case nil: break
    }
    let isNamedSheet = format ?? RowFormat(path: path) == .xlsx
    guard !isNamedSheet || head.isEmpty else { throw InputError(.noSpreadsheet, at: .file(Self.name(of: path))) }
    guard sheet == nil else {
      throw InputError(.noSpreadsheetWithSheets(Self.name(of: path)), at: .argument("--sheet"))
    }
    var first: [UInt8]? = head.isEmpty ? nil : head
    let next = { () throws -> [UInt8]? in
      guard let piece = first else { return try source() }
      first = nil
      return piece
    }
    return (next, false)
  }

  private func opened() throws -> ByteSource {
    guard path == "-" else {
      if let problem = FileKind.problem(ofExtension: path.fileExtension) { throw InputError(problem, at: .file(path)) }
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

  /// Enough of the input to determine its kind, or all of it.
  private func head(of source: ByteSource) throws -> [UInt8] {
    var head: [UInt8] = []
    do {
      while head.count < FileKind.headSize, let piece = try source() { head += piece }
    } catch {
      throw error.isFolder ? InputError(.missingFile(error), at: .file(path)) : error
    }
    return head
  }

  private func spreadsheet() throws -> () throws -> [UInt8]? {
    let isFile = context.environment.files.status(path)?.kind == .file
    guard path != "-", isFile else { throw InputError(.spreadsheetInPipe, at: .file(Self.name(of: path))) }
    return try namingFile { try SpreadsheetInput(context: context, path: path, sheet: sheet).csv() }
  }
}

extension String {
  /// What follows the last dot of the file name, in lowercase; empty if there is none.
  fileprivate var fileExtension: String {
    let name = split(separator: "/").last ?? ""
    return name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last?.lowercased() ?? ""
  }
}

extension InputError.Problem {
  fileprivate static let spreadsheetInPipe = Self(
    "can't read an .xlsx file, or another archive, from a pipe",
    hint: "name the file instead, or save the list as CSV")

  fileprivate static let noSpreadsheet = Self(
    "not an .xlsx file", hint: "if it is a CSV file with that name, pipe it in: sms bulk - < FILE")

  fileprivate static func noSpreadsheetWithSheets(_ file: String) -> Self {
    Self("\(file) isn't an .xlsx file, so it has no sheets", hint: "omit --sheet")
  }
}

extension InputError.Problem {
  static var spreadsheetPlaceExamples: [Self] {
    [spreadsheetInPipe, noSpreadsheet, noSpreadsheetWithSheets("list.csv")]
  }
}
