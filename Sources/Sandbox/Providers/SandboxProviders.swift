import Messaging

/// The five providers and all that they remember. Every change is a function of request and time alone.
struct SandboxProviders: Sendable {
  private var vpixelpro: ProviderAccounts<SMSGatewayState>
  private var sendapp: ProviderAccounts<SMSGatewayState>
  private var voipcomm: VoipcommState
  private var voximplant: ProviderAccounts<VoximplantState>
  private var smsit: ProviderAccounts<SMSitState>

  /// Equal seeds give equal ids. What is there from the start happened before `start`.
  init(seed: UInt64, startedAt start: Timestamp) {
    vpixelpro = ProviderAccounts(
      SMSGatewayState(.vpixelpro, .unlimited(SandboxAccount.vpixelproKey), seed: seed, startedAt: start),
      SMSGatewayState(.vpixelpro, .empty(SandboxAccount.vpixelproEmptyKey), seed: seed ^ 3, startedAt: start))
    sendapp = ProviderAccounts(
      SMSGatewayState(.sendapp, .limited(SandboxAccount.sendappKey), seed: seed ^ 1, startedAt: start),
      SMSGatewayState(.sendapp, .empty(SandboxAccount.sendappEmptyKey), seed: seed ^ 4, startedAt: start),
      SMSGatewayState(.sendapp, .unlimited(SandboxAccount.sendappUnlimitedKey), seed: seed ^ 5, startedAt: start))
    voipcomm = VoipcommState(seed: seed)
    voximplant = ProviderAccounts(
      VoximplantState(.main, startedAt: start), VoximplantState(.empty, startedAt: start))
    smsit = ProviderAccounts(
      SMSitState(.main, seed: seed), SMSitState(.empty, seed: seed ^ 6))
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
