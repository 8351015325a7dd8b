import Application
import Commands
import Platform

/// The executable: hands the world to the program, and its exit code to the shell.
@main
enum SMS {
  static func main() {
    StandardStreams.secure()
    CurrentProcess.exit(SMSProgram(environment: .live()).run(CurrentProcess.arguments).number)
  }
}
