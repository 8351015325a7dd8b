import Platform
import TestSupport
import Testing
import TextFormats

@testable import Sandbox

@Suite(.ownThread) struct ServerFaultTests {
  @Test(
    "A dropped request gets the end of the connection for a reply; the log tells if it was accepted",
    arguments: [
      (FaultKind.dropBefore, 0), (.dropAfter, 1),
    ])
  func dropping(fault: FaultKind, accepted: Int) throws {
    let sandbox = try RunningSandbox(faults: [Fault(fault)])
    let client = try sandbox.connect()
    try client.send(sending())
    #expect(try client.rest().isEmpty)
    #expect(try sandbox.log().count == accepted)
  }

  @Test(
    "A status fault answers on an open connection and accepts nothing",
    arguments: [
      (FaultKind.http500, 500), (.http429, 429), (.http503, 503),
    ])
  func statuses(fault: FaultKind, status: Int) throws {
    let sandbox = try RunningSandbox(faults: [Fault(fault)])
    let client = try sandbox.connect()
    for _ in 0..<2 {
      try client.send(sending())
      #expect(try client.reply()?.status == status)
    }
    #expect(try sandbox.log().isEmpty)
  }

  /// A call that only asks, or changes something other than messages, of each provider.
  static let questions: [(path: String, form: String)] = [
    ("/vpixelpro/services/get-devices.php", "key=sandbox-vpixelpro-key"),
    ("/sendapp/services/manage-contacts.php", "key=sandbox-sendapp-key&listID=1&number=15550100009"),
    ("/voximplant/GetAccountInfo", VoximplantSendTests.login),
    ("/smsit/apis/getcontacts/", "apikey=sandbox-smsit-key"),
  ]

  @Test("Faults strike questions, too", arguments: questions)
  func asking(path: String, form: String) throws {
    let client = try RunningSandbox(faults: [Fault(.http503)]).connect()
    try client.send(posting(path, form))
    let reply = try client.reply()
    #expect(reply?.status == 503)
    #expect(reply?.head.contains("\r\nRetry-After: 1\r\n") == true)
  }

  @Test("A resent message is in the log before its reply could be cut")
  func cutResend() throws {
    let sandbox = try RunningSandbox(faults: [Fault(.truncate)])
    for request in [
      sending(), posting("/vpixelpro/services/resend.php", "key=sandbox-vpixelpro-key&id=4"),
    ] {
      let client = try sandbox.connect()
      try client.send(request)
      #expect(try client.reply() == nil)
    }
    #expect(try sandbox.log().compactMap { $0["id"]?.text } == ["4", "4"])
  }

  @Test("A hanging request is accepted, never answered, and keeps no one else waiting")
  func hanging() throws {
    // The dice give this seed a fault first and none then.
    var seed: UInt64 = 0
    let fault = Fault(.hang, probability: 0.5)
    let rolls = { (seed: UInt64) in
      var dice = FaultDice([fault], seed: seed)
      return [dice.roll(), dice.roll()]
    }
    while rolls(seed) != [.hang, nil] { seed += 1 }
    let sandbox = try RunningSandbox(faults: [fault], seed: seed)
    let (stuck, other) = (try sandbox.connect(), try sandbox.connect())
    try stuck.send(sending("first"))
    try sandbox.waitForLog(lines: 1)
    try other.send(sending("second"))
    #expect(try other.reply()?.status == 200)
    #expect(try stuck.hearsNothing(for: .milliseconds(20)))
    #expect(try sandbox.log().compactMap { $0["body"]?.text } == ["first", "second"])
  }

  @Test("A truncated reply ends before it is whole; the message is accepted")
  func truncated() throws {
    let sandbox = try RunningSandbox(faults: [Fault(.truncate)])
    let client = try sandbox.connect()
    try client.send(sending())
    #expect(try client.reply() == nil)
    #expect(try String(decoding: client.rest(), as: UTF8.self).contains("{\"success\":true"))
    #expect(try sandbox.log().count == 1)
  }

  @Test("Garbage is no JSON; the message is accepted")
  func garbage() throws {
    let sandbox = try RunningSandbox(faults: [Fault(.garbage)])
    let client = try sandbox.connect()
    try client.send(sending())
    let reply = try client.reply()
    #expect(reply?.status == 200)
    #expect(reply?.json == .null)
    #expect(try sandbox.log().count == 1)
  }

  @Test("A seed replays which requests faults strike")
  func replay() throws {
    let statuses = { (seed: UInt64) in
      let faults = [Fault(.http500, probability: 0.3), Fault(.http429, probability: 0.3)]
      let client = try RunningSandbox(faults: faults, seed: seed).connect()
      return try (0..<60).map { _ in
        try client.send(sending())
        return try client.reply()?.status
      }
    }
    #expect(try statuses(3) == statuses(3))
    #expect(try statuses(3) != statuses(4))
  }

  @Test("A reply is held back for the latency")
  func latency() throws {
    let client = try RunningSandbox(latency: .milliseconds(100)).connect()
    let start = MonotonicInstant.now
    try client.send(sending())
    #expect(try client.reply()?.status == 200)
    #expect(start.elapsed >= .milliseconds(100))
  }

  @Test("Requests are accepted while replies to others are held back")
  func latencyOfOthers() throws {
    let sandbox = try RunningSandbox(latency: .seconds(3600))
    let clients = try (0..<3).map { _ in try sandbox.connect() }
    for client in clients { try client.send(sending()) }
    try sandbox.waitForLog(lines: 3)
    for client in clients { #expect(try client.hearsNothing(for: .milliseconds(5))) }
  }
}
