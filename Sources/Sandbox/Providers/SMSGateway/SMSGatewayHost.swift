import Messaging
import TextFormats

/// One installation of the SMS Gateway script. The two write the same things in slightly different ways.
struct SMSGatewayHost: Hashable, Sendable {
  /// Its name among the providers.
  var name: String
  /// Zone of the dates it writes: hours east of UTC.
  var hoursEast: Int
  /// Whether it writes as the script does today; else as the older one whose replies its documents show: numbers as
  /// strings, fewer members, no `data` beside an error.
  var isCurrent: Bool

  static let vpixelpro = SMSGatewayHost(name: "vpixelpro", hoursEast: 6, isCurrent: true)
  static let sendapp = SMSGatewayHost(name: "sendapp", hoursEast: 2, isCurrent: false)

  /// Such as `2021-09-18T19:48:35+0600`, or `+06:00` on an older host.
  func date(_ moment: Timestamp) -> String {
    let local = CivilTime(moment, offset: hoursEast * 3600).text(separator: "T")
    return "\(local)+0\(hoursEast)\(isCurrent ? "" : ":")00"
  }

  /// A number, or null.
  func json(_ number: Int?) -> JSONValue {
    isCurrent ? .optional(number) : .optional(number.map(String.init))
  }

  func json(_ flag: Bool) -> JSONValue {
    isCurrent ? .bool(flag) : flag ? "1" : "0"
  }

  /// A date, or null.
  func json(_ moment: Timestamp?) -> JSONValue {
    .optional(moment.map(date))
  }
}

/// A customer of a host.
struct GatewayAccount: Hashable, Sendable {
  var key: String
  /// Messages that may still be sent; nil without a limit.
  var credits: Int?

  static func unlimited(_ key: String) -> GatewayAccount { GatewayAccount(key: key, credits: nil) }
  static func limited(_ key: String) -> GatewayAccount { GatewayAccount(key: key, credits: 1_000_000) }
  static func empty(_ key: String) -> GatewayAccount { GatewayAccount(key: key, credits: 0) }
}
