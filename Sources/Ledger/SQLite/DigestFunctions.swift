import CSQLite

/// The functions that the ledger's SQL calls to compute digests (`DigestedTable`).
extension Database {
  /// Registers the functions with a connection.
  ///
  /// - `row_digest(tag, value, …)`: the digest of values with consecutive tags, beginning with `tag`.
  /// - `changed_digest(digest, tag, old, new, …)`: the digest of a row after replacing some of its values.
  /// - `summed_digest(tag, old, new)`: the new digest of a row, whose change is noted in `sums`.
  /// - `current_sum(tag, sum)`: a sum of digests, with all that was noted.
  ///
  /// The connection must not outlive `sums`.
  static func addDigestFunctions(_ handle: OpaquePointer, _ sums: DigestSums) {
    add("row_digest", handle) { context, count, values in
      guard let values, count > 0 else { return }
      let tag = sqlite3_value_int64(values[0])
      var digest: UInt64 = 0
      for index in 1..<max(1, Int(count)) { digest ^= FieldDigest.of(values[index], tag: tag + Int64(index) - 1) }
      sqlite3_result_int64(context, Int64(bitPattern: digest))
    }
    add("changed_digest", handle) { context, count, values in
      // Without an old digest, there is no new one.
      guard let values, count > 0, sqlite3_value_type(values[0]) == SQLITE_INTEGER else { return }
      var digest = UInt64(bitPattern: sqlite3_value_int64(values[0]))
      for index in stride(from: 1, to: Int(count) - 2, by: 3) {
        let tag = sqlite3_value_int64(values[index])
        digest ^= FieldDigest.of(values[index + 1], tag: tag) ^ FieldDigest.of(values[index + 2], tag: tag)
      }
      sqlite3_result_int64(context, Int64(bitPattern: digest))
    }
    add("summed_digest", handle, sums) { context, count, values in
      guard let values, count == 3 else { return }
      DigestSums.of(context)?[tag: sqlite3_value_int64(values[0])] ^=
        sqlite3_value_int64(values[1]) ^ sqlite3_value_int64(values[2])
      sqlite3_result_value(context, values[2])
    }
    add("current_sum", handle, sums) { context, count, values in
      guard let values, count == 2 else { return }
      let change = DigestSums.of(context)?[tag: sqlite3_value_int64(values[0])] ?? 0
      sqlite3_result_int64(context, sqlite3_value_int64(values[1]) ^ change)
    }
  }

  private typealias Function =
    @convention(c) (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Void

  private static func add(
    _ name: String, _ handle: OpaquePointer, _ sums: DigestSums? = nil, _ function: Function
  ) {
    let flags = SQLITE_UTF8 | SQLITE_INNOCUOUS | (sums == nil ? SQLITE_DETERMINISTIC : 0)
    let context = sums.map { Unmanaged.passUnretained($0).toOpaque() }
    // If this fails, every statement that calls the function fails.
    sqlite3_create_function_v2(handle, name, -1, flags, context, function, nil, nil, nil)
  }
}

/// What a connection has changed in tables with a sum (`DigestedTable.sum`): of each, the XOR of the digests that rows had,
/// and of those that they have now.
final class DigestSums {
  /// No dictionary, as its first use takes as long as ten statements.
  private var changes = SIMD4<Int64>()

  func reset() { changes = SIMD4() }

  /// Of the table with a first tag, of which there is one in 32.
  fileprivate subscript(tag tag: Int64) -> Int64 {
    get { changes[Int(tag / 32 & 3)] }
    set { changes[Int(tag / 32 & 3)] = newValue }
  }

  fileprivate static func of(_ context: OpaquePointer?) -> DigestSums? {
    sqlite3_user_data(context).map { Unmanaged<DigestSums>.fromOpaque($0).takeUnretainedValue() }
  }
}

extension FieldDigest {
  /// The digest of a value in the column with a tag; 0 for NULL.
  fileprivate static func of(_ value: OpaquePointer?, tag: Int64) -> UInt64 {
    var digest = FieldDigest(tag: UInt64(bitPattern: tag))
    switch sqlite3_value_type(value) {
    case SQLITE_NULL: return 0
    case SQLITE_INTEGER: digest.add(Int(truncatingIfNeeded: sqlite3_value_int64(value)))
    default:
      // For text, too: requesting text would make SQLite copy it to append a zero byte.
      let start = sqlite3_value_blob(value)
      digest.add(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value))))
    }
    return digest.value
  }
}
