#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How far the clocks of a place are ahead of UTC.
public enum TimeZones {
  /// Seconds east of UTC at a moment given in Unix seconds.
  public typealias Offset = @Sendable (Int64) -> Int

  /// The machine's own zone, as `TZ` or the system's settings have it.
  public static var local: Offset {
    tzset()
    return { seconds in
      var (moment, fields) = (time_t(seconds), tm())
      return localtime_r(&moment, &fields) == nil ? 0 : fields.tm_gmtoff
    }
  }

  /// The zone of an IANA name such as `Europe/Paris`, from the system's tables; nil where they have none of that name.
  public static func named(_ name: String) -> Offset? {
    // Small systems come without the tables.
    if name == "UTC" { return { _ in 0 } }
    guard isPlausible(name) else { return nil }
    for folder in folders {
      guard let file = try? Files.read("\(folder)/\(name)", limit: 1_048_576) else { continue }
      guard let table = TimeZoneTable(file) else { return nil }
      return { table.offset(at: $0) }
    }
    return nil
  }

  private static var folders: [String] {
    let chosen = CurrentProcess.environment.values["TZDIR"].map { [$0] } ?? []
    return chosen + ["/usr/share/zoneinfo", "/var/db/timezone/zoneinfo", "/usr/lib/zoneinfo"]
  }

  /// Whether the name can only lead to a file below the tables' folder: letters, digits, `+-_/`, no empty part.
  private static func isPlausible(_ name: String) -> Bool {
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.allSatisfy { part in
      !part.isEmpty
        && part.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
          default: false
          }
        }
    }
  }
}
