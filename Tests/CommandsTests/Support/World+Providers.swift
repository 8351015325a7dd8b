@testable import Commands

extension World {
  /// Variables that make up a whole profile, without a file.
  static func profile(_ provider: String) -> [String: String] {
    var variables = ["HOME": "/home/ada", "SMS_PROVIDER": provider]
    if provider == "voximplant" {
      variables["SMS_ACCOUNT_ID"] = "1"
      variables["SMS_API_KEY"] = "K3Y"
    } else {
      variables["SMS_KEY"] = "K3Y"
    }
    if provider == "smsit" { variables["SMS_FROM"] = "+15550100000" }
    return variables
  }

  /// Runs a command line, its words separated by single spaces, with that provider.
  func run(line: String, with provider: String) -> ExitCode {
    let arguments = line.split(separator: " ").map(String.init)
    return SMSProgram(environment: environment(Self.profile(provider))).run(arguments)
  }
}
