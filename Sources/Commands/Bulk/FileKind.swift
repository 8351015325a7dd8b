import Platform
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

/// The likely encoding of bytes that aren't UTF-8: the one in which they look most like words.
struct EncodingGuess: Equatable {
  /// The encoding's name for `iconv`.
  var name: String
  /// The bytes decoded from that encoding, shortened.
  var reading: String

  /// The more likely ones first: of equal scores, the first wins.
  private static let names = [
    "windows-1252", "windows-1251", "KOI8-R", "windows-1250", "SHIFT_JIS", "GBK", "MACINTOSH", "CP850", "CP866",
  ]
  /// Enough text for a guess.
  private static let sampleSize = 2000

  /// Examines a field and the text around it. Nil if no encoding produces plausible text.
  init?(of field: [UInt8], in sample: [UInt8]) {
    let lines = sample.split { $0 == 0x0A || $0 == 0x0D }.filter { $0.contains { $0 >= 0x80 } }.joined(separator: [0x20]
    )
    let text = field + [0x20] + Array(lines).prefix(Self.sampleSize)
    var best: (name: String, score: Int)?
    for name in Self.names {
      guard let reading = Self.read(text, as: name) else { continue }
      let score = Self.score(reading)
      if score > max(0, best?.score ?? 0) { best = (name, score) }
    }
    guard let best, let reading = Self.read(Self.excerpt(of: field), as: best.name) else { return nil }
    name = best.name
    self.reading = String(reading.prefix(60))
  }

  /// The text around the first non-ASCII byte, on its line.
  private static func excerpt(of bytes: [UInt8]) -> [UInt8] {
    guard let first = bytes.firstIndex(where: { $0 >= 0x80 }) else { return bytes }
    let start = bytes[..<first].lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? 0
    return Array(bytes[(first - start > 40 ? first - 20 : start)...].prefix { $0 != 0x0A && $0 != 0x0D })
  }

  /// Decodes bytes, which may end within a character; nil if they aren't valid in the encoding, or the system doesn't
  /// know it.
  private static func read(_ bytes: [UInt8], as encoding: String) -> String? {
    guard let text = TextConversion(from: encoding)?.convert(bytes) else { return nil }
    return String(validating: text, as: UTF8.self)
  }

  /// Scores how plausible a text is, by its non-ASCII characters and the characters before them.
  private static func score(_ text: String) -> Int {
    var (score, cyrillic, vowels) = (0, 0, 0)
    var last: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      defer { last = scalar }
      guard !scalar.isASCII else {
        if scalar.properties.isAlphabetic, !last.isLatin { score -= 3 }
        continue
      }
      switch scalar.value {
      case 0xC0...0xFF where scalar != "×" && scalar != "÷", 0x100...0x17F:
        score += last.isASCII ? (scalar.properties.isLowercase == last.isLetter ? 3 : 1) : 0
      case 0x410...0x44F, 0x401, 0x451:
        cyrillic += 1
        if "аеиоуыэюяАЕИОУЫЭЮЯ".unicodeScalars.contains(scalar) { vowels += 1 }
        score += scalar.properties.isLowercase ? 3 : last.isCyrillicSmall ? -3 : 2
        if last.isASCII, last.isLetter { score -= 6 }
      case 0x3041...0x30FF: score += last.isASCII && last.isLetter ? -3 : 8
      case 0x4E00...0x9FFF: score += last.isASCII && last.isLetter ? -3 : 5
      case 0x2013...0x2026, 0x20AC, 0xA0, 0xAB, 0xBB, 0x3001...0x300F, 0xFF01...0xFF5E: score += 1
      default: score -= 3
      }
    }
    return cyrillic > 0 && vowels * 5 < cyrillic ? 0 : score
  }
}

extension Unicode.Scalar {
  fileprivate var isLetter: Bool { properties.isAlphabetic }
  /// Whether it isn't a letter of a non-Latin script.
  fileprivate var isLatin: Bool { value < 0x250 || !isLetter }
  fileprivate var isCyrillic: Bool { 0x400...0x4FF ~= value }
  fileprivate var isCyrillicSmall: Bool { isCyrillic && properties.isLowercase }
}
