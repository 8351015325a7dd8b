/// How the rows of an input are written.
public enum RowFormat: String, CaseIterable, Sendable {
  /// RFC 4180, the names of the columns in the first record.
  case csv
  /// One array of objects.
  case json
  /// An object a line.
  case jsonl
  /// One phone number a line, in the column `to`.
  case lines

  /// The format that a path's extension names; nil where it names none: the content decides.
  public init?(path: String) {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    switch name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last?.lowercased() {
    case "csv": self = .csv
    case "json": self = .json
    case "jsonl", "ndjson": self = .jsonl
    default: return nil
    }
  }
}

extension RowFormat {
  /// The format of an input that begins with these bytes; nil while more are needed to tell.
  ///
  /// `[` begins a JSON array and `{` an object a line. Else the first line that is not blank decides: a number by its
  /// looks is `lines`, as is an input without any such line; everything else is the header of a CSV.
  init?(contentStartingWith bytes: [UInt8], isWhole: Bool) {
    let content = bytes.dropFirst(bytes.byteOrderMarkLength).drop(while: \.isJSONWhitespace)
    switch content.first {
    case "[": self = .json
    case "{": self = .jsonl
    default:
      guard let end = content.firstIndex(where: \.isLineEnd) ?? (isWhole ? content.endIndex : nil) else { return nil }
      self = String(decoding: content[..<end], as: UTF8.self).looksLikeNumber ? .lines : .csv
    }
  }
}

extension String {
  /// Whether it has nothing that a written phone number does not have.
  fileprivate var looksLikeNumber: Bool {
    unicodeScalars.allSatisfy { scalar in
      ("0"..."9").contains(scalar) || "+-.()".unicodeScalars.contains(scalar) || scalar.properties.isWhitespace
    }
  }
}

extension UInt8 {
  /// LF or CR.
  var isLineEnd: Bool { self == 0x0A || self == 0x0D }
}
