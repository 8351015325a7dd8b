/// The clock of one place: how far it is ahead of UTC at each moment. The rules come from outside (the system's tables).
public struct TimeZoneRules: Sendable {
  /// IANA name, or `local` for the machine's own zone.
  public var name: String
  /// Seconds east of UTC at a moment.
  public var offset: @Sendable (Timestamp) -> Int

  public init(name: String, offset: @escaping @Sendable (Timestamp) -> Int) {
    self.name = name
    self.offset = offset
  }

  public static let utc = TimeZoneRules(name: "UTC") { _ in 0 }

  /// Why a local time names no single moment.
  public enum Ambiguity: Error, Equatable, Sendable {
    /// The clocks jumped over it.
    case skipped
    /// The clocks showed it twice.
    case repeated
  }

  /// The moment at which clocks in this zone show `civil`.
  public func moment(of civil: CivilTime) throws(Ambiguity) -> Timestamp {
    let local = civil.secondsSinceEpoch
    let offsets = Set([-86_400, 0, 86_400].map { offset(Timestamp(unixSeconds: local + $0)) })
    let moments = offsets.map { Timestamp(unixSeconds: local - Int64($0)) }
    let fitting = moments.filter { $0.unixSeconds + Int64(offset($0)) == local }
    guard let moment = fitting.first else { throw .skipped }
    guard fitting.count == 1 else { throw .repeated }
    return moment
  }

  /// What clocks in this zone show at a moment.
  public func civil(at moment: Timestamp) -> CivilTime {
    CivilTime(moment, offset: offset(moment))
  }
}
