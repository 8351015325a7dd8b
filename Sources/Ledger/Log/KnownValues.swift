/// A field whose latest values in the ledger a shell can suggest.
public enum KnownField: String, Sendable {
  case groupID = "group_id"
  case device
  case providerStatus = "provider_status"
}

extension Ledger {
  /// Returns each value once, latest first. For speed, only the latest messages are read.
  ///
  /// - Parameter profile: Only messages sent with this profile; nil for all.
  public func known(_ field: KnownField, profile: String?) throws(LedgerError) -> [String] {
    try access { (database) throws(LedgerError) in
      let select = try database.prepare(field.sql)
      try select.bind(":profile", profile)
      var values: [String] = []
      while try select.next() { if let value = select.text("value") { values.append(value) } }
      return values
    }
  }
}

extension KnownField {
  fileprivate var sql: String {
    """
    SELECT \(rawValue) AS value FROM (SELECT * FROM message ORDER BY key DESC LIMIT 10000)
    JOIN job ON job.id = key >> 32
    WHERE \(rawValue) IS NOT NULL AND (:profile IS NULL OR job.profile = :profile)
    GROUP BY value ORDER BY max(key) DESC LIMIT 100
    """
  }
}
