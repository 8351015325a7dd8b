/// Why a call can't be made the way it was asked for, known before asking the provider.
///
/// What a provider has no place for is never left out in silence.
public enum CallObjection: Hashable, Sendable {
  /// The provider cannot do anything with this parameter in this call.
  case unsupported(CallParameter)
  /// The provider needs one of these, and not a blank one.
  case needsOneOf([CallParameter])
  /// The provider takes one or the other.
  case conflict(CallParameter, CallParameter)
  /// A whole number without a sign is needed; the provider might read something else as another number.
  case notANumber(CallParameter, String)
  /// A date such as `1990-01-31` is needed.
  case notADate(CallParameter, String)
  /// No message of the provider ever has this status, or the provider can't be asked for exactly it. With the
  /// words for which it can be asked.
  case statusUnavailable(StatusFilter, available: [String])
  /// What is to be sent can't be.
  case message(SendObjection)
}

/// What a call may be given, named as the options and operands of the command line are.
public enum CallParameter: String, CaseIterable, Hashable, Sendable {
  case ids, group, to, from, status, device, sim, direction, since, until, limit
  case list, name, email, birthday, resubscribe, rotate, throttle, at
}
