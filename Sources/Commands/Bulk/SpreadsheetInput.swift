import Application
import Platform
import TextFormats

/// Reads a sheet of an `.xlsx` file, which the system's `unzip` takes apart.
struct SpreadsheetInput {
  /// The most bytes that one part of the file may have once it is unpacked: a small archive can hold a huge one.
  private static let partLimit = 1 << 28

  let context: Context
  let path: String
  /// The sheet that the user wants; nil for the first.
  let sheet: String?

  /// The rows as CSV, piece by piece.
  func csv() throws -> () throws -> [UInt8]? {
    guard let index = try part("xl/workbook.xml") else {
      throw InputError(FileKind.problem(ofArchiveWith: try names()), at: .file(path))
    }
    do {
      var workbook = Workbook()
      let sheets = try workbook.sheets(workbook: index, relations: try part("xl/_rels/workbook.xml.rels") ?? [])
      let chosen = try chosen(of: sheets)
      if let texts = try part("xl/sharedStrings.xml") { try workbook.takeSharedTexts(texts) }
      if let styles = try part("xl/styles.xml") { try workbook.takeStyles(styles) }
      var reader = SheetReader(workbook, sheet: try part(chosen.part) ?? [])
      return { [self] in try piece(of: &reader) }
    } catch let problem as WorkbookError {
      throw error(problem)
    }
  }

  private func piece(of reader: inout SheetReader) throws -> [UInt8]? {
    do {
      return try reader.next()
    } catch {
      throw self.error(error)
    }
  }

  private func error(_ problem: WorkbookError) -> InputError {
    switch problem {
    case .incomplete: error("damaged or cut off", hint: "save it again, or save it as CSV")
    case .missingText(let cell): error("the text of \(cell) is missing", hint: "save it again, or save it as CSV")
    case .tooManyColumns(let cell, let limit):
      error("\(cell) is beyond column \(limit), the last one that is read", hint: "clear that cell")
    }
  }

  private func chosen(of sheets: [Workbook.Sheet]) throws -> Workbook.Sheet {
    let withCells = sheets.filter(\.hasCells)
    guard let first = withCells.first(where: { !$0.isHidden }) ?? withCells.first else {
      throw error("no sheet with cells")
    }
    guard let sheet else { return first }
    guard let chosen = sheets.first(where: { $0.name == sheet }) else {
      let names = sheets.map(\.name)
      throw InputError(
        .init(
          "no sheet '\(sheet)'; sheets: \(names.joined(separator: ", "))",
          hint: nearest(to: sheet, among: names).map { "did you mean '\($0)'?" }), at: .argument("--sheet"))
    }
    return chosen
  }

  /// A part of the archive; nil where it has none of that name.
  private func part(_ name: String) throws -> [UInt8]? {
    try unzip(["-p", file, Self.escaped(name)])
  }

  /// The names of all parts.
  private func names() throws -> [String] {
    let list = try unzip(["-Z1", file]) ?? []
    return String(decoding: list, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
  }

  /// A name such as `-x.xlsx` must not be taken for an option.
  private var file: String { path.hasPrefix("/") ? path : "./\(path)" }

  /// What `unzip` prints; nil where it finds nothing.
  private func unzip(_ arguments: [String]) throws -> [UInt8]? {
    let output: Subprocess.Output
    do {
      output = try context.environment.runProgram(["unzip"] + arguments, Self.partLimit)
    } catch .notStarted {
      let installation = context.environment.installation(of: .unzip)
      throw error("reading .xlsx files requires unzip", hint: "\(installation), or save the list as CSV")
    } catch .outputTooLarge(let limit) {
      throw error("larger than \(limit >> 20) MB when unpacked", hint: "save the list as CSV")
    } catch {
      throw self.error("can't be unpacked: \(error.reason)")
    }
    switch output.status {
    case .exited(0), .exited(1): return output.stdout
    case .exited(11): return nil
    default:
      throw error("can't be unpacked: unzip \(output.status.words)", hint: "save the list again, or save it as CSV")
    }
  }

  /// The name as `unzip` takes it, which knows wildcards.
  private static func escaped(_ name: String) -> String {
    name.reduce(into: "") { $0 += "[]*?\\".contains($1) ? "\\\($1)" : String($1) }
  }

  private func error(_ message: String, hint: String? = nil) -> InputError {
    InputError(.init(message, hint: hint), at: .file(path))
  }
}
