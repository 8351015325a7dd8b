/// Lists the phones it sends through.
public protocol DeviceListing: Provider {
  /// All phones of the account that are switched on for sending.
  func devices() -> APICall<[DeviceRecord]>
}
