import TextFormats

/// The kind of a file that isn't text, by its first bytes.
enum FileKind: Equatable {
  /// A ZIP archive, such as an `.xlsx` or `.ods` file.
  case archive
  case unreadable(InputError.Problem)

  /// The number of bytes that determine the kind.
  static let headSize = 16

  /// Nil for a file that may be text.
  init?(of head: [UInt8]) {
    if head.starts(with: "PK\u{3}\u{4}".utf8) {
      self = .archive
    } else if let problem = Self.signatures.first(where: { head.starts(with: $0.bytes) })?.problem {
      self = .unreadable(problem)
    } else if Self.markup.contains(where: { head.starts(with: $0.utf8, by: { $0 & 0xDF == $1 & 0xDF }) }) {
      self = .unreadable(.unreadable("HTML or XML files", hint: Self.saveAgain))
    } else {
      return nil
    }
  }

  private static let saveAgain = "open it in a spreadsheet program and save it as .xlsx or CSV (UTF-8)"

  fileprivate static let signatures: [(bytes: [UInt8], problem: InputError.Problem)] = [
    (
      [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
      .unreadable(".xls files, or files with a password", hint: "\(saveAgain), without a password")
    ),
    ([0x1F, 0x8B], .unreadable("gzip files", hint: "unpack it first: gzip -dc FILE | sms bulk -")),
    (Array("BZh".utf8), .unreadable("bzip2 files", hint: "unpack it first: bzip2 -dc FILE | sms bulk -")),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], .unreadable("xz files", hint: "unpack it first: xz -dc FILE | sms bulk -")),
    ([0x28, 0xB5, 0x2F, 0xFD], .unreadable("zstd files", hint: "unpack it first: zstd -dc FILE | sms bulk -")),
    (Array("%PDF-".utf8), .unreadable("PDFs", hint: "put the numbers and texts into a CSV file or a spreadsheet")),
    (Array("{\\rtf".utf8), .unreadable("RTF documents", hint: "save it as plain text")),
    (
      Array("SQLite format 3".utf8),
      .unreadable("SQLite databases", hint: "export the list: sqlite3 -header -csv FILE \"SELECT …\" | sms bulk -")
    ),
  ]

  private static let markup = ["<!DOCTYPE", "<?xml", "<html", "<table", "<meta", "<head"]

  /// The error for a file extension that can't be read, regardless of the content; nil for others.
  static func problem(ofExtension name: String) -> InputError.Problem? {
    switch name {
    case "xls", "xlsb", "ods", "numbers": .unreadable(".\(name) files", hint: saveAgain)
    case "pdf", "doc", "docx", "odt":
      .unreadable(".\(name) files", hint: "put the numbers and texts into a CSV file or a spreadsheet")
    default: nil
    }
  }

  /// The error for an archive that isn't a readable workbook, determined by the names of its parts.
  static func problem(ofArchiveWith parts: [String]) -> InputError.Problem {
    if parts.contains("xl/workbook.bin") { return .unreadable(".xlsb files", hint: saveAgain) }
    if parts.contains("mimetype"), parts.contains("content.xml") {
      return .unreadable("OpenDocument files (.ods)", hint: saveAgain)
    }
    if parts.contains(where: { $0.hasPrefix("Index/") || $0 == "Index.zip" }) {
      return .unreadable("Numbers files", hint: saveAgain)
    }
    if parts.contains(where: { $0.hasPrefix("word/") }) {
      return .unreadable("Word documents", hint: "put the numbers and texts into a CSV file or a spreadsheet")
    }
    return .unreadable("ZIP archives other than .xlsx files", hint: "unpack it first: unzip -p FILE | sms bulk -")
  }
}

extension InputError.Problem {
  fileprivate static func unreadable(_ what: String, hint: String) -> Self {
    Self("can't read \(what)", hint: hint)
  }
}

extension InputError.Problem {
  /// The error for each kind of file that can't be read.
  static var fileExamples: [Self] {
    let heads = FileKind.signatures.map(\.bytes) + [Array("<html".utf8)]
    let kinds = heads.compactMap { head -> Self? in
      if case .unreadable(let problem) = FileKind(of: head) { problem } else { nil }
    }
    let archives = [["xl/workbook.bin"], ["mimetype", "content.xml"], ["Index.zip"], ["word/document.xml"], []]
    return kinds + ["ods", "pdf"].compactMap(FileKind.problem(ofExtension:))
      + archives.map(FileKind.problem(ofArchiveWith:))
  }
}
