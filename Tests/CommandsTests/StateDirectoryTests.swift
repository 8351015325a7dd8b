import Application
import Testing
import TextFormats

@testable import Commands

@Suite struct StateDirectoryTests {
  private static let path = "/home/ada/.config/sms/config.toml"
  private static let profile = "[profiles.a]\nprovider = \"vpixelpro\"\nkey = \"abc\"\n"

  @Test(
    "It is named by its variable, else by the configuration, else it is the usual one",
    arguments: [
      ("", [:], "/home/ada/.local/state/sms,built-in"),
      ("", ["XDG_STATE_HOME": "/var/ada"], "/var/ada/sms,variable XDG_STATE_HOME"),
      ("", ["XDG_STATE_HOME": "relative"], "/home/ada/.local/state/sms,built-in"),
      ("state_dir = 'state'", ["XDG_STATE_HOME": "/var"], "/home/ada/.config/sms/state,\"state_dir, line 1\""),
      ("state_dir = '~/state'", [:], "/home/ada/state,\"state_dir, line 1\""),
      ("\nstate_dir = '/srv/state'", [:], "/srv/state,\"state_dir, line 2\""),
      ("state_dir = 'state'", ["SMS_STATE_DIR": "here"], "here,variable SMS_STATE_DIR"),
      ("state_dir = 'state'", ["SMS_STATE_DIR": ""], "/home/ada/.config/sms/state,\"state_dir, line 1\""),
    ] as [(String, [String: String], String)])
  func order(line: String, variables: [String: String], shown: String) {
    let world = World(files: [Self.path: "\(line)\n\(Self.profile)"])
    let variables = ["HOME": "/home/ada"].merging(variables) { $1 }
    let show = ["config", "show", "-o", "csv"]
    #expect(SMSProgram(environment: world.environment(variables)).run(show) == .success, "\(world.complained)")
    #expect(world.printed.contains("\nstate_dir,\(shown)\n"), "\(world.printed)")
  }

  @Test(
    "One that is no path is exit 3, with its place; nothing else is taken for it",
    arguments: ["state_dir = 1", "state_dir = ''", "state_dir = ['a']", #"state_dir = "a\u0000b""#],
    ["log", "jobs", "send +15550100001 Hello", "config check"])
  func noPath(line: String, command: String) {
    let world = World(files: [Self.path: "\(line)\n\(Self.profile)"], answers: [])
    let arguments = command.split(separator: " ").map(String.init)
    #expect(SMSProgram(environment: world.environment()).run(arguments) == .configuration)
    #expect(world.complained.contains("\(Self.path):1:13: state_dir"), "\(world.complained)")
  }

  @Test("In a profile it means nothing, which is said")
  func inProfile() {
    let world = World(files: [Self.path: Self.profile + "state_dir = \"state\"\n"])
    #expect(world.run("config", "check") == .success)
    #expect(world.complained.contains("unknown setting 'state_dir'"), "\(world.complained)")
  }
}
