import Application
import Messaging
import Testing
import TextFormats

@testable import Commands

/// What scripts read from standard error when results are JSON.
@Suite struct StandardErrorTests {
  /// The lines of standard error, each parsed.
  private func lines(_ world: World) throws -> [JSONValue] {
    try world.complained.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
  }

  @Test(
    "Every line is JSON, whatever goes wrong",
    arguments: [
      ["contacts"], ["send"], ["send", "+15550100001", "hi", "--dry-run"], ["sned"],
      ["send", "+15550100001", "+15550100002"],
      ["bulk", "/missing.csv"], ["jobs", "--job", "none"], ["status"],
    ], ["json", "jsonl"])
  func everyLine(arguments: [String], format: String) throws {
    let world = World(files: ["/home/ada/list.csv": "to,message\n"])
    let environment = world.environment(World.profile("vpixelpro"))
    _ = SMSProgram(environment: environment).run(arguments + ["-o", format])
    let lines = try lines(world)
    #expect(!lines.isEmpty)
    for line in lines { #expect(["error", "note", "summary"].contains(line.object?.members.first?.name)) }
  }

  @Test("An error has its hint, and the HTTP status of a reply that can't be trusted")
  func httpStatus() throws {
    let world = World(answers: [.status(500)])
    #expect(world.run(line: "send +15550100001 hi -o json", with: "vpixelpro") == .unknown)
    let error = try #require(try lines(world).last?["error"])
    #expect(error["kind"] == "unknown")
    #expect(error["http_status"] == .number("500"))
    #expect(error["provider"] == "vpixelpro")
    #expect(error["hint"]?.text?.contains("check with the provider") == true)
  }

  @Test("A command that the provider can't do names the profiles that can")
  func profiles() throws {
    let file = """
      default_profile = "a"
      [profiles.a]
      provider = "voipcomm"
      key = "K3Y"
      password = "S3CRET"
      from = "+15550100101"
      [profiles.b]
      provider = "vpixelpro"
      key = "K3Y"
      """
    let world = World(files: ["/home/ada/.config/sms/config.toml": file])
    #expect(world.run("devices", "--json") == .unsupported)
    #expect(try lines(world).last?["error"]?["profiles"] == .array(["b"]))
  }

  @Test("A bad row is named by its number and its line")
  func rows() throws {
    let world = World(files: ["list.csv": "to,message\n+15550100001,hi\nnobody,hi\n"])
    #expect(world.run(line: "bulk list.csv --dry-run --json", with: "vpixelpro") == .usage)
    let row = try #require(try lines(world).last?["error"]?["rows"]?.array?.first)
    #expect(row["row"] == .number("2"))
    #expect(row["line"] == .number("3"))
    #expect(row["message"]?.text?.contains("nobody") == true)
  }

  @Test("After refused credentials the hint says where they come from")
  func credentials() {
    let world = World(answers: [
      .json(#"{"success":false,"data":null,"error":{"code":401,"message":"Invalid API key"}}"#)
    ])
    #expect(world.run(line: "send +15550100001 hi", with: "vpixelpro") == .credentials)
    #expect(world.complained.contains("check key (variable SMS_KEY)"))
    #expect(!world.complained.contains("K3Y"))
  }

  @Test("A retry is announced, with the reason")
  func retry() {
    let world = World(answers: [
      .status(429), .json(#"{"success":true,"data":{"credits":null},"error":null}"#),
    ])
    #expect(world.run(line: "balance", with: "vpixelpro") == .success)
    #expect(world.complained.contains("retrying in "))
    #expect(world.complained.contains(" s (HTTP 429)"))
  }
}
