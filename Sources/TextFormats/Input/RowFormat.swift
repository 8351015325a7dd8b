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
  /// The names of the columns of a CSV without a header.
  public var columns: [String]?
  /// What an input is whose content looks like several formats, such as by its extension.
  public var likelyFormat: RowFormat?

  /// Whether lines that start with `#` are comments.
  public var skipsComments = false

  public init() {}

  /// The same for the CSV that a sheet is read as.
  var ofSheet: RowOptions {
    var options = self
    options.delimiter = UInt8(ascii: ",")
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
  /// `[` begins a JSON array, `BEGIN:VCARD` a vCard, and `{` JSON: one object per line where the first line is one.
  /// Otherwise the first line that isn't blank decides: if it looks like a phone number, or if there is none, the format
  /// is `lines`; anything else is the header of a CSV.
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
    if let likelyFormat { return likelyFormat }
    return String(decoding: line, as: UTF8.self).looksLikeNumber ? .lines : .csv
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

extension UInt8 {
  /// LF or CR.
  var isLineEnd: Bool { self == 0x0A || self == 0x0D }
}
