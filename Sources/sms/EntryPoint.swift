/// Where the C library starts the program: SwiftPM links `main` to the name of the target with `_main` behind it.
///
/// The arguments are taken as they are handed over here. Those of `CommandLine` are read from `/proc`, which may not be
/// there, and are looked for beside the environment, which a library that was loaded before may have moved.
@_cdecl("sms_main")
public func main(count: Int32, arguments: UnsafePointer<UnsafePointer<CChar>?>) -> Int32 {
  SMS.run(count, arguments)
}
