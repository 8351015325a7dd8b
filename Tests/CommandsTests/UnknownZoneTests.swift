import Application
import Testing

@testable import Commands

/// A zone that this machine doesn't know is never taken for UTC where a time is read.
@Suite(.ownThread) struct UnknownZoneTests {
  private static let release = "ID=debian\n"

  /// Runs a command line where `TZ` names a zone without tables.
  private func run(_ line: String, _ world: World) -> Int32 {
    var environment = world.environment(["HOME": "/home/ada", "TZ": "Europe/Paris"].merging(Self.profile) { $1 })
    environment.timeZone = { $0 == "UTC" ? .utc : nil }
    return SMSProgram(environment: environment).run(line.split(separator: " ").map(String.init)).number
  }

  private static let profile = [
    "SMS_PROVIDER": "voipcomm", "SMS_KEY": "k", "SMS_PASSWORD": "p", "SMS_FROM": "+15550100000",
  ]

  @Test(
    "A time without a zone is refused, naming the package",
    arguments: [
      ("send +15550100001 Hello --dry-run --at 2036-03-01", 3),
      ("jobs --since 09:30", 3), ("bulk /list.csv --dry-run", 2),
    ])
  func times(line: String, code: Int32) {
    let list = "to,message,at\n+15550100001,Hello,2036-03-01 09:30\n"
    let world = World(files: ["/etc/os-release": Self.release, "/list.csv": list])
    #expect(run(line, world) == code)
    #expect(world.complained.contains("unknown time zone 'Europe/Paris' (TZ)"))
    #expect(world.complained.contains("hint: run: sudo apt install tzdata"))
  }

  @Test("What needs no local time goes on")
  func others() {
    let world = World(files: ["/etc/os-release": Self.release])
    #expect(run("send +15550100001 Hello --dry-run", world) == 0, "\(world.complained)")
  }
}
