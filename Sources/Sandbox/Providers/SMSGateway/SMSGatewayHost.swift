import Messaging

/// One installation of the SMS Gateway script. The two write the same things in slightly different ways.
struct SMSGatewayHost: Hashable, Sendable {
  /// Its name among the providers.
  var name: String
  var key: String
  /// Zone of the dates it writes: hours east of UTC.
  var hoursEast: Int
  /// Whether it writes as the script does today; else as the older one whose replies its documents show: numbers as
  /// strings, fewer members, no `data` beside an error.
  var isCurrent: Bool
  /// Messages that may still be sent; nil without a limit.
  var credits: Int?

  static let vpixelpro = SMSGatewayHost(
    name: "vpixelpro", key: SandboxAccount.vpixelproKey, hoursEast: 6, isCurrent: true, credits: nil)
  static let sendapp = SMSGatewayHost(
    name: "sendapp", key: SandboxAccount.sendappKey, hoursEast: 2, isCurrent: false, credits: 1_000_000)

  /// Such as `2021-09-18T19:48:35+0600`, or `+06:00` on an older host.
  func date(_ moment: Timestamp) -> String {
    let local = CivilTime(moment, offset: hoursEast * 3600).text(separator: "T")
    return "\(local)+0\(hoursEast)\(isCurrent ? "" : ":")00"
  }
}
