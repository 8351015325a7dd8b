import Application
import TextFormats

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

  /// Does the same with a key that a program would have to be run for, which fails the test.
  func runWithoutFetching(line: String, with provider: String) -> ExitCode {
    var variables = Self.profile(provider)
    for name in ["SMS_KEY", "SMS_API_KEY"] where variables.removeValue(forKey: name) != nil {
      variables["\(name)_COMMAND"] = "pass show key"
    }
    return SMSProgram(environment: environment(variables)).run(line.split(separator: " ").map(String.init))
  }

  /// Runs a command line, its words separated by single spaces, with that provider.
  func run(line: String, with provider: String, variables: [String: String] = [:]) -> ExitCode {
    let arguments = line.split(separator: " ").map(String.init)
    let variables = Self.profile(provider).merging(variables) { $1 }
    return SMSProgram(environment: environment(variables)).run(arguments)
  }
}
