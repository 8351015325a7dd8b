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

  /// The rows as CSV.
  func csv() throws -> [UInt8] {
    var workbook = Workbook()
    let sheets = workbook.sheets(
      workbook: try part("xl/workbook.xml") ?? [], relations: try part("xl/_rels/workbook.xml.rels") ?? [])
    let chosen = try chosen(of: sheets)
    if let texts = try part("xl/sharedStrings.xml") { workbook.takeSharedTexts(texts) }
    if let styles = try part("xl/styles.xml") { workbook.takeStyles(styles) }
    return workbook.csv(sheet: try part(chosen.part) ?? [])
  }

  private func chosen(of sheets: [Workbook.Sheet]) throws -> Workbook.Sheet {
    guard let first = sheets.first else { throw error("it is not a spreadsheet that can be read") }
    guard let sheet else { return first }
    guard let chosen = sheets.first(where: { $0.name == sheet }) else {
      let names = sheets.map(\.name)
      throw InputError(
        .init(
          "no sheet '\(sheet)'; there are \(names.joined(separator: ", "))",
          hint: nearest(to: sheet, among: names).map { "did you mean '\($0)'?" }), at: .argument("--sheet"))
    }
    return chosen
  }

  /// A part of the archive; nil where it has none of that name.
  private func part(_ name: String) throws -> [UInt8]? {
    let output: Subprocess.Output
    do {
      // A name such as `-x.xlsx` is no option.
      let file = path.hasPrefix("/") ? path : "./\(path)"
      output = try context.environment.runProgram(["unzip", "-p", file, Self.escaped(name)], Self.partLimit)
    } catch .notStarted {
      throw error("reading .xlsx needs the program unzip", hint: "install unzip, or save the list as CSV")
    } catch .outputTooLarge(let limit) {
      throw error("a part of it has more than \(limit >> 20) MB once it is unpacked", hint: "save the list as CSV")
    } catch {
      throw self.error("it can't be unpacked: \(error.reason)")
    }
    switch output.status {
    case .exited(0), .exited(1): return output.stdout
    case .exited(11): return nil
    default: throw error("it can't be unpacked: unzip \(output.status.words)", hint: "save the list again, or as CSV")
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
