import Application
import Testing
import TextFormats

@testable import Commands

/// IDs mean something only together with the account that gave them out.
@Suite struct ForeignIDTests {
  private static let path = "/home/ada/.config/sms/config.toml"
  private static let sent = ScriptedNetwork.Answer.message(7, "Pending")

  /// Profiles that differ in one thing each; `twin` is `north` by another name.
  private static let profiles = """
    default_profile = "north"
    [profiles.north]
    provider = "vpixelpro"
    key = "k1"
    [profiles.twin]
    provider = "vpixelpro"
    base_url = "https://SMS.vpixelpro.com:443/"
    key = "k1"
    [profiles.south]
    provider = "vpixelpro"
    key = "k2"
    [profiles.'east side']
    provider = "sendapp"
    key = "k1"
    """

  private func run(
    _ world: World, _ line: String, variables: [String: String] = ["HOME": "/home/ada"]
  ) -> ExitCode {
    let arguments = line.split(separator: " ").map { String($0).replacing("_", with: " ") }
    return SMSProgram(environment: world.environment(variables)).run(arguments)
  }

  /// A world in which message 7 was sent with a profile, and what answers later questions.
  private func world(sentWith profile: String, _ answers: [ScriptedNetwork.Answer]) -> World {
    let world = World(files: [Self.path: Self.profiles], answers: [Self.sent] + answers)
    #expect(run(world, "-p \(profile) send +15550100007 hi -qq -o csv") == .success, "\(world.complained)")
    return world
  }

  @Test(
    "An id that is known only from another profile is exit 2, which is named, and nothing is asked",
    arguments: [("south", "south"), ("east_side", "'east side'")],
    ["status 7", "resend 7", "resend 7 --dry-run", "status 3 7", "status 7 --wait", "-p north status 7"])
  func foreign(profile: (option: String, name: String), line: String) {
    let world = world(sentWith: profile.option, [])
    #expect(run(world, line) == .usage)
    #expect(world.complained.contains("message 7 was sent with profile"), "\(world.complained)")
    let command = line.contains("resend") ? "resend" : "status"
    #expect(world.complained.contains("sms -p \(profile.name) \(command) 7"), "\(world.complained)")
    #expect(world.requests.count == 1)
  }

  @Test(
    "An id of this profile, of this account, or of nobody is asked for",
    arguments: [
      ("north", "status 7"), ("twin", "status 7"), ("south", "-p south status 7"), ("south", "status 8"),
      ("south", "resend 8"),
    ])
  func own(profile: String, line: String) {
    let world = world(sentWith: profile, [.message(line.hasSuffix("8") ? 8 : 7, "Sent")])
    #expect(run(world, line) == .success, "\(world.complained)")
    #expect(world.requests.count == 2)
  }

  @Test("So it is with a group", arguments: ["status", "resend"])
  func group(command: String) {
    let world = world(sentWith: "south", [.message(7, "Sent")])
    #expect(run(world, "\(command) --group g1") == .usage)
    #expect(world.complained.contains("sms -p south \(command) --group g1"), "\(world.complained)")
    #expect(run(world, "-p south \(command) --group g1") == .success, "\(world.complained)")
  }

  @Test("A profile whose key was replaced still asks for its messages")
  func replacedKey() {
    let world = world(sentWith: "north", [.message(7, "Sent")])
    #expect(run(world, "status 7", variables: ["HOME": "/home/ada", "SMS_KEY": "new"]) == .success)
  }

  @Test("An id sent without a profile is named by its provider")
  func withoutProfile() {
    let world = World(files: [Self.path: Self.profiles], answers: [Self.sent])
    let variables = ["HOME": "/home/ada", "SMS_PROVIDER": "sendapp", "SMS_KEY": "k9"]
    #expect(run(world, "send +15550100007 hi -qq -o csv", variables: variables) == .success)
    #expect(run(world, "status 7") == .usage)
    #expect(world.complained.contains("with sendapp, without a profile"), "\(world.complained)")
  }
}
