import Application
import Testing

@testable import Commands

/// What completion scripts ask for.
@Suite struct CompletionHookTests {
  private static let configuration = """
    [profiles.office]
    provider = "sendapp"
    key_command = "exit 1"
    [profiles."we ird: \\"x\\" $HOME `ls` 'o"]
    provider = "smsit"
    [profiles."Zoë 👋"]
    provider = 3
    [profiles."--yes"]
    [profiles.""]
    [profiles."a\\nb\\tc"]
    """

  @Test("Profiles come by their names, odd ones as they are; what can't be typed is left out, and no secret is fetched")
  func profiles() {
    let world = World(files: ["/home/ada/.smsrc": Self.configuration])
    #expect(world.run("__complete", "profiles") == .success)
    let lines = ["office\tsendapp", "we ird: \"x\" $HOME `ls` 'o\tsmsit", "Zoë 👋\t", "--yes\t", ""]
    #expect(world.printed == lines.joined(separator: "\n"), "\(world.printed)")
  }

  @Test("A broken configuration, or none, completes to nothing in silence", arguments: ["x = [", nil])
  func broken(text: String?) {
    let world = World(files: text.map { ["/home/ada/.smsrc": $0] } ?? [:])
    #expect(world.run("__complete", "profiles") == .success)
    #expect(world.printed.isEmpty && world.complained.isEmpty)
  }

  @Test(
    "Columns are those of the command on the line",
    arguments: [("sms balance", "amount"), ("sms contacts list", "birthday"), ("sms send", "error.code")])
  func columns(command: String, column: String) {
    let world = World()
    #expect(world.run("__complete", "--", "columns", command) == .success)
    #expect(world.printed.split(separator: "\n").contains(column[...]))
  }

  @Test("The configuration that the line names is the one that is read")
  func namedConfiguration() {
    let world = World(files: ["/home/ada/.smsrc": Self.configuration, "/other.toml": "[profiles.other]\n"])
    #expect(world.run("__complete", "-c", "/other.toml", "--", "profiles", "sms") == .success)
    #expect(world.printed == "other\t\n")
  }
}
