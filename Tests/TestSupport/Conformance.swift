#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where public conformance data lies: `$SMS_CONFORMANCE`, or `conformance` in the folder `shared` beside the checkout.
public enum Conformance {
  /// The folder of one kind of data, or nil where it is missing.
  public static func folder(_ name: String) -> String? {
    let root = getenv("SMS_CONFORMANCE").map { String(cString: $0) } ?? "../shared/conformance"
    let path = "\(root)/\(name)"
    return access(path, R_OK) == 0 ? path : nil
  }
}
