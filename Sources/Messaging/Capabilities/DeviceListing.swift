/// Lists the phones it sends through.
public protocol DeviceListing: Provider {
  func devices() -> APICall<[DeviceRecord]>
}
