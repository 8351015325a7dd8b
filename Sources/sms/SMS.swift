import Application
import Commands
import Platform

/// The executable: passes the machine to the program, and the exit code to the shell.
enum SMS {
  /// Crash signals are reset first, because the Swift runtime has its own handlers for them.
  static func run(_ count: Int32, _ arguments: UnsafePointer<UnsafePointer<CChar>?>) -> Never {
    CrashSignals.reset()
    CurrentProcess.leaveNoCoreDump()
    StandardStreams.secure()
    let name = CurrentProcess.name(count, arguments)
    let arguments = CurrentProcess.arguments(count, arguments)
    CurrentProcess.exit(SMSProgram(environment: .live()).run(arguments, calledAs: name).number)
  }
}
