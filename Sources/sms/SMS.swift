import Application
import Commands
import Platform

/// The executable: hands the world to the program, and its exit code to the shell.
enum SMS {
  /// Crashes come first: until then, the Swift runtime deals with them in a way of its own.
  static func run(_ count: Int32, _ arguments: UnsafePointer<UnsafePointer<CChar>?>) -> Never {
    CrashSignals.reset()
    CurrentProcess.leaveNoCoreDump()
    StandardStreams.secure()
    let name = CurrentProcess.name(count, arguments)
    let arguments = CurrentProcess.arguments(count, arguments)
    CurrentProcess.exit(SMSProgram(environment: .live()).run(arguments, calledAs: name).number)
  }
}
