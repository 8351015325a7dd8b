/// How the rows of an input are written.
public enum RowFormat: String, CaseIterable, Sendable {
  /// RFC 4180, with the names of the columns in the first record.
  case csv
  /// Objects, or texts that are numbers, in arrays or one after another.
  case json
  /// One object, or one text that is a number, per line.
  case jsonl
  /// One phone number per line, in the column `to`.
  case lines
  /// vCards, version 3 or 4.
  case vcf
  /// A sheet of Excel, whose first row names the columns. Whoever opens the file makes CSV of it.
  case xlsx

  /// The format that a path's extension names; nil if it names none, and the content decides.
  public init?(path: String) {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    switch name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last?.lowercased() {
    case "csv", "tsv": self = .csv
    case "json": self = .json
    case "jsonl", "ndjson": self = .jsonl
    case "vcf": self = .vcf
    case "xlsx": self = .xlsx
    default: return nil
    }
  }
}

/// How rows are to be read, as far as the user says.
public struct RowOptions: Sendable {
  /// The delimiter of a CSV; nil for the one that its header has.
  public var delimiter: UInt8?
  /// A delimiter that the header may have besides the usual ones.
  public var likelyDelimiter: UInt8?
  /// Names that the column with the number may have: they tell which of several delimiters a header has.
  public var numberColumns: [String] = []
  /// The names of the columns of a CSV without a header.
  public var columns: [String]?
  /// Whether a column has to hold the text of each message.
  public var hasText = false
  /// Whether a cell is a phone number as the user writes it, such as without a country code.
  package var isPhoneNumber: @Sendable (String) -> Bool = { _ in false }
  /// What an input is whose content looks like several formats, such as by its extension.
  public var likelyFormat: RowFormat?

  /// Whether only the numbers matter, as in a list of numbers never to send to: `#` begins a comment, and all numbers of a
  /// vCard count.
  public var isStopList = false
  /// Whether the CSV was a sheet of a spreadsheet.
  private(set) var isSheet = false

  public init() {}

  /// The same for the CSV that a sheet is read as.
  var ofSheet: RowOptions {
    var options = self
    options.delimiter = UInt8(ascii: ",")
    options.isSheet = true
    return options
  }

  /// The same for an input that is likely of a format; nil where nothing is known.
  public func likely(_ format: RowFormat?) -> RowOptions {
    var options = self
    options.likelyFormat = format
    return options
  }

  /// The format of an input that begins with these bytes; nil if more are needed to tell.
  ///
  /// `[` begins a JSON array, `BEGIN:VCARD` a vCard, and `{` JSON: one object per line where the first line is one. So do
  /// two texts in quotes with nothing but space between them. Otherwise the first line that isn't blank decides: if it
  /// looks like a phone number or several, or if there is none, the format is `lines`; anything else is the header of a
  /// CSV.
  func format(contentStartingWith bytes: [UInt8], isWhole: Bool) -> RowFormat? {
    if delimiter != nil || columns != nil { return .csv }
    let content = bytes.dropFirst(bytes.byteOrderMarkLength).drop {
      $0.isJSONWhitespace || $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ",")
    }
    if content.first == UInt8(ascii: "[") { return .json }
    guard let end = content.firstIndex(where: \.isLineEnd) ?? (isWhole ? content.endIndex : nil) else { return nil }
    let line = content[..<end]
    if line.starts(with: "BEGIN:VCARD".utf8, by: { $0 & 0xDF == $1 & 0xDF }) { return .vcf }
    if line.first == UInt8(ascii: "{") {
      return (try? JSONValue(parsing: line)) != nil ? .jsonl : likelyFormat ?? .json
    }
    if line.holdsJSONTexts { return .json }
    let text = String(decoding: line, as: UTF8.self)
    if likelyFormat ?? .csv == .csv, holdsOnlyNumbers(text) { return .lines }
    if let likelyFormat { return likelyFormat }
    return text.looksLikeNumber ? .lines : .csv
  }
}

extension RowOptions {
  /// Whether a line is several phone numbers: digits without a `+` may be something else, as long as nobody reads them.
  fileprivate func holdsOnlyNumbers(_ line: String) -> Bool {
    let parts = line.split { ",;".contains($0) }.map { String($0.drop(while: \.isWhitespace)) }.filter { !$0.isEmpty }
    return parts.count > 1 && parts.allSatisfy { $0.looksLikeNumber && ($0.first == "+" || isPhoneNumber($0)) }
  }
}

extension String {
  /// Whether it holds only characters found in written phone numbers.
  fileprivate var looksLikeNumber: Bool {
    unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "0"..."9", "+", "-", ".", "(", ")", "/": true
      default: scalar.properties.isWhitespace || scalar.properties.generalCategory == .format
      }
    }
  }
}

extension ArraySlice<UInt8> {
  /// Whether there are several texts of JSON on this line, one after another.
  fileprivate var holdsJSONTexts: Bool {
    guard first == UInt8(ascii: "\"") else { return false }
    var parser = JSONParser(Array(self))
    var count = 0
    while let value = try? parser.value(depth: 0), value.text != nil {
      count += 1
      parser.skipWhitespace()
      if parser.next == nil { return count > 1 }
    }
    return false
  }
}

extension UInt8 {
  /// LF or CR.
  var isLineEnd: Bool { self == 0x0A || self == 0x0D }
}
