import Messaging

/// The five providers and all that they remember. Every change is a function of request and time alone.
struct SandboxProviders: Sendable {
  var vpixelpro: SMSGatewayState
  var sendapp: SMSGatewayState
  var voipcomm: VoipcommState
  var voximplant = VoximplantState()
  var smsit = SMSitState()

  /// Equal seeds give equal ids.
  init(seed: UInt64) {
    vpixelpro = SMSGatewayState(.vpixelpro, seed: seed)
    sendapp = SMSGatewayState(.sendapp, seed: seed ^ 1)
    voipcomm = VoipcommState(seed: seed)
  }

  /// Hands the request to the provider that its path names.
  mutating func answer(_ addressed: AddressedRequest, at now: Timestamp) -> SandboxReply {
    let request = addressed.request
    switch addressed.provider {
    case "vpixelpro": return vpixelpro.answer(request, at: now)
    case "sendapp": return sendapp.answer(request, at: now)
    case "voipcomm": return voipcomm.answer(request, at: now)
    case "voximplant": return voximplant.answer(request, at: now)
    case "smsit": return smsit.answer(request, at: now)
    default: return .notFound
    }
  }
}
