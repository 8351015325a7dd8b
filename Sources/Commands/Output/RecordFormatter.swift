import TextFormats

/// Turns records into bytes of one format; each piece follows the one before.
protocol RecordFormatter {
  /// What stands before the first record.
  mutating func start() -> [UInt8]
  /// One record, as its values in the order of the schema.
  mutating func record(_ values: [JSONValue]) -> [UInt8]
  /// What stands behind the last record, also when there was none.
  mutating func end() -> [UInt8]
}

/// One JSON array of all records, or one object where the result is never more than one.
struct JSONFormatter: RecordFormatter {
  var columns: [Column]
  var isSingle = false
  private var count = 0

  init(columns: [Column], isSingle: Bool) {
    self.columns = columns
    self.isSingle = isSingle
  }

  func start() -> [UInt8] {
    isSingle ? [] : Array("[".utf8)
  }

  mutating func record(_ values: [JSONValue]) -> [UInt8] {
    var bytes: [UInt8] = []
    if !isSingle { bytes += Array(count == 0 ? "\n  ".utf8 : ",\n  ".utf8) }
    count += 1
    JSONValue.object(columns, of: values).writeIndented(to: &bytes, depth: isSingle ? 0 : 1)
    return bytes
  }

  func end() -> [UInt8] {
    if isSingle { return count == 0 ? [] : Array("\n".utf8) }
    return Array(count == 0 ? "]\n".utf8 : "\n]\n".utf8)
  }
}

/// One JSON object a line.
struct JSONLinesFormatter: RecordFormatter {
  var columns: [Column]

  func start() -> [UInt8] { [] }

  func record(_ values: [JSONValue]) -> [UInt8] {
    var bytes: [UInt8] = []
    JSONValue.object(columns, of: values).write(to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  func end() -> [UInt8] { [] }
}

extension JSONValue {
  /// An object of these columns.
  fileprivate static func object(_ columns: [Column], of values: [JSONValue]) -> JSONValue {
    .object(JSONObject(columns.map { JSONObject.Member($0.name, $0.value(in: values)) }))
  }
}
