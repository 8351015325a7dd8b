import Application
import Platform
import TextFormats

/// Reads a sheet of an `.xlsx` file, using the system's `unzip`.
struct SpreadsheetInput {
  /// The most bytes that a part may have after it is unpacked: a small archive can contain a huge part.
  private static let partLimit = 1 << 28

  let context: Context
  let path: String
  /// The sheet to read; nil for the first.
  let sheet: String?

  /// Returns the rows as CSV, in pieces. Errors about the file as a whole have no place.
  func csv() throws -> () throws -> [UInt8]? {
    guard let index = try part("xl/workbook.xml") else {
      throw InputError(FileKind.problem(ofArchiveWith: try names()))
    }
    var workbook = Workbook()
    let sheets = try workbook.sheets(workbook: index, relations: try part("xl/_rels/workbook.xml.rels") ?? [])
    let chosen = try chosen(of: sheets)
    if let texts = try part("xl/sharedStrings.xml") { try workbook.takeSharedTexts(texts) }
    if let styles = try part("xl/styles.xml") { try workbook.takeStyles(styles) }
    var reader = SheetReader(workbook, sheet: try part(chosen.part) ?? [])
    return { try reader.next() }
  }

  private func chosen(of sheets: [Workbook.Sheet]) throws -> Workbook.Sheet {
    let withCells = sheets.filter(\.hasCells)
    guard let first = withCells.first(where: { !$0.isHidden }) ?? withCells.first else {
      throw InputError(.emptyWorkbook)
    }
    guard let sheet else { return first }
    guard let chosen = sheets.first(where: { $0.name == sheet }) else {
      throw InputError(.unknownSheet(sheet, known: sheets.map(\.name)), at: .argument("--sheet"))
    }
    return chosen
  }

  /// A part of the archive; nil if there is none with that name.
  private func part(_ name: String) throws -> [UInt8]? {
    try unzip(["-p", file, Self.escaped(name)])
  }

  /// The names of all parts.
  private func names() throws -> [String] {
    let list = try unzip(["-Z1", file]) ?? []
    return String(decoding: list, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
  }

  /// A name such as `-x.xlsx` must not be read as an option.
  private var file: String { path.hasPrefix("/") ? path : "./\(path)" }

  /// The output of `unzip`; nil if it finds no such part.
  private func unzip(_ arguments: [String]) throws -> [UInt8]? {
    let output: Subprocess.Output
    do {
      output = try context.environment.runProgram(["unzip"] + arguments, Self.partLimit)
    } catch .notStarted {
      let installation = context.environment.installation(of: .unzip)
      throw InputError(.unzipMissing(installation: installation))
    } catch .outputTooLarge(let limit) {
      throw InputError(.unpackedTooLarge(limit))
    } catch {
      throw InputError(.notUnpacked(error.reason))
    }
    switch output.status {
    case .exited(0), .exited(1): return output.stdout
    case .exited(11): return nil
    default:
      throw InputError(.notUnpacked("unzip \(output.status.words)"))
    }
  }

  /// The name with the wildcards of `unzip` escaped.
  private static func escaped(_ name: String) -> String {
    name.reduce(into: "") { $0 += "[]*?\\".contains($1) ? "\\\($1)" : String($1) }
  }
}

extension InputError.Problem {
  fileprivate static let emptyWorkbook = Self("all sheets are empty", hint: saveAgain)

  fileprivate static func unknownSheet(_ name: String, known: [String]) -> Self {
    Self(
      "no sheet '\(name)'; sheets: \(known.joined(separator: ", "))",
      hint: nearest(to: name, among: known).map { "did you mean '\($0)'?" } ?? "omit --sheet to read the first one")
  }

  fileprivate static func unzipMissing(installation: String) -> Self {
    Self("reading .xlsx files requires unzip", hint: "save the list as CSV, or \(installation)")
  }

  fileprivate static func unpackedTooLarge(_ limit: Int) -> Self {
    Self("larger than \(limit >> 20) MB when unpacked", hint: "save the list as CSV")
  }

  fileprivate static func notUnpacked(_ reason: String) -> Self {
    Self("can't be unpacked: \(reason)", hint: saveAgain)
  }

  static var workbookExamples: [Self] {
    [
      workbookIncomplete, textMissing(of: "B7"), tooManyColumns("ZZZ1", limit: 16_384),
      emptyWorkbook, unzipMissing(installation: "run: sudo apt install unzip"), unpackedTooLarge(1 << 28),
      notUnpacked("unzip exited with code 3"),
    ]
  }

  static var sheetExamples: [Self] {
    [unknownSheet("sheet", known: ["sheet1", "archive"]), unknownSheet("x", known: ["sheet1", "archive"])]
  }
}
