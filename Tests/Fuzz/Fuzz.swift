// Feeds what libFuzzer makes up to the readers of what comes from outside. SMS_FUZZ_TARGET says to which.
//
// A reader must neither crash nor hang, whatever it gets, and must come to the same rows whatever the size of the pieces.

import Application
import Glibc
import Messaging
import TextFormats

private let target = getenv("SMS_FUZZ_TARGET").map { String(cString: $0) } ?? ""

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  let text = String(decoding: bytes, as: UTF8.self)
  switch target {
  case "csv": require(rows(of: bytes, .csv, pieces: 1) == rows(of: bytes, .csv, pieces: 1 << 16))
  case "json": require(rows(of: bytes, .json, pieces: 1) == rows(of: bytes, .json, pieces: 1 << 16))
  case "jsonl": require(rows(of: bytes, .jsonl, pieces: 1) == rows(of: bytes, .jsonl, pieces: 1 << 16))
  case "vcard": require(rows(of: bytes, .vcf, pieces: 1) == rows(of: bytes, .vcf, pieces: 1 << 16))
  case "list": require(rows(of: bytes, nil, pieces: 7) == rows(of: bytes, nil, pieces: 1 << 16))
  case "xlsx": readSheet(bytes)
  case "numbers": readNumber(text)
  case "times": _ = TimeExpression(text)?.moments(now: Timestamp(unixSeconds: 1_772_355_600), zone: .utc)
  default: fatalError("SMS_FUZZ_TARGET must be csv, json, jsonl, vcard, list, xlsx, numbers or times")
  }
  return 0
}

private func require(_ isTrue: Bool) {
  guard isTrue else { fatalError("the size of the pieces matters") }
}

/// What is read of an input, rows that can't be read included.
private func rows(of bytes: [UInt8], _ format: RowFormat?, pieces: Int) -> [String] {
  var reader = RowReader(format: format)
  var rest = bytes[...]
  var rows: [String] = []
  while true {
    do {
      while let row = try reader.next() { rows.append("\(row.number) \(row.columns.names) \(row.fields)") }
    } catch {
      rows.append("\(String(describing: error.row)) \(error.position) \(error.problem.message)")
      guard error.isOfOneRow else { return rows }
      continue
    }
    if reader.isFinished { return rows }
    if rest.isEmpty { reader.finish() } else { reader.append(rest.prefix(pieces)) }
    rest = rest.dropFirst(pieces)
  }
}

/// The same bytes as every part of a spreadsheet; what comes of them is read as CSV.
private func readSheet(_ bytes: [UInt8]) {
  var workbook = Workbook()
  _ = try? workbook.sheets(workbook: bytes, relations: bytes)
  try? workbook.takeSharedTexts(bytes)
  try? workbook.takeStyles(bytes)
  var reader = SheetReader(workbook, sheet: bytes)
  var csv: [UInt8] = []
  while let piece = try? reader.next() { csv += piece }
  _ = rows(of: csv, .csv, pieces: 1 << 16)
}

/// A number that is read is read again as itself.
private func readNumber(_ text: String) {
  for code in [nil, CountryCode("+1"), CountryCode("+44"), CountryCode("+39"), CountryCode("+7")] {
    let rules = NumberRules(countryCode: code)
    guard let number = try? PhoneNumber(parsing: text, by: rules), !number.isShortCode else { continue }
    guard (try? PhoneNumber(parsing: number.e164, by: rules)) == number else { fatalError("\(number.e164)") }
  }
}
