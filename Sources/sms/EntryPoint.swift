/// The entry point that the C library calls: SwiftPM links `main` to the target's name followed by `_main`.
///
/// Uses the arguments that are passed here. `CommandLine` reads them from `/proc`, which may be missing, or looks
/// for them next to the environment, which a previously loaded library may have moved.
@_cdecl("sms_main")
public func main(count: Int32, arguments: UnsafePointer<UnsafePointer<CChar>?>) -> Int32 {
  SMS.run(count, arguments)
}
