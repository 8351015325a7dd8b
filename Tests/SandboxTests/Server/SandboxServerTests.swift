import Platform
import TestSupport
import Testing
import TextFormats

@testable import Sandbox

@Suite(.ownThread) struct SandboxServerTests {
  @Test("All five APIs answer on one connection, one request after the other")
  func fiveProviders() throws {
    let sandbox = try RunningSandbox()
    let client = try sandbox.connect()
    try client.send(sending())
    #expect(try client.reply()?.json["success"] == true)
    try client.send(posting("/sendapp/services/send.php", "key=sandbox-sendapp-key&listID=1&message=Hi"))
    #expect(try client.reply()?.json["success"] == true)
    let login = "Authorization: \(VoipcommTests.login)\r\n"
    try client.send(posting("/voipcomm/sms/send", "to=15550100001&msg=Hi", headers: login))
    #expect(try client.reply()?.json["send_log"]?.array?.count == 1)
    try client.send(
      posting("/voximplant", "cmd=SendSmsMessage&\(VoximplantSendTests.login)&\(VoximplantSendTests.single)"))
    #expect(try client.reply()?.json["message_id"] == 11)
    try client.send(
      "GET /smsit/apis/smsgroup?apikey=sandbox-smsit-key&\(SMSitSendTests.group) HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(try client.reply()?.json["status"] == "1001")
    #expect(
      try sandbox.log().compactMap { $0["provider"]?.text } == [
        "vpixelpro", "sendapp", "sendapp", "sendapp", "voipcomm", "voximplant", "smsit", "smsit", "smsit",
      ])
  }

  @Test("The log names a message before its reply has left")
  func logFirst() throws {
    let sandbox = try RunningSandbox()
    let client = try sandbox.connect()
    for count in 1...50 {
      try client.send(sending("line%0Abreak+%22quoted%22"))
      _ = try client.reply()
      #expect(try sandbox.log().count == count)
    }
    #expect(
      try sandbox.log().last.map { line in ["id", "to", "body", "device", "sim"].map { line[$0] ?? .null } } == [
        "53", "+15550100001", "line\nbreak \"quoted\"", "1", nil,
      ])
  }

  @Test("What is refused leaves no line in the log")
  func refusedIsNotLogged() throws {
    let sandbox = try RunningSandbox()
    let client = try sandbox.connect()
    try client.send(sending(to: "x"))
    #expect(try client.reply()?.json["success"] == false)
    #expect(try sandbox.log().isEmpty)
  }

  @Test("Requests sent in one go are answered in order")
  func pipelining() throws {
    let sandbox = try RunningSandbox()
    let client = try sandbox.connect()
    try client.send((1...200).map { sending("text+\($0)") }.joined())
    for number in 1...200 {
      let message = try client.reply()?.json["data"]?["messages"]?.array?.first
      #expect(message?["message"]?.text == "text \(number)")
    }
  }

  @Test("A client that has ended its side still gets its replies, then the end")
  func halfClosed() throws {
    let client = try RunningSandbox().connect()
    try client.send(sending() + sending())
    client.endSending()
    #expect(try client.reply()?.status == 200)
    #expect(try client.reply()?.status == 200)
    #expect(try client.rest().isEmpty)
  }

  @Test("A request that ends in its middle is not answered, and nothing is sent")
  func incomplete() throws {
    let sandbox = try RunningSandbox()
    let client = try sandbox.connect()
    try client.send(String(sending().dropLast()))
    client.endSending()
    #expect(try client.rest().isEmpty)
    #expect(try sandbox.log().isEmpty)
  }

  @Test("100 Continue comes before the body does")
  func expectContinue() throws {
    let client = try RunningSandbox().connect()
    let request = sending(headers: "Expect: 100-continue\r\n")
    let body = request.split(separator: "\r\n\r\n")[1]
    try client.send(String(request.dropLast(body.count)))
    #expect(try client.reply()?.status == 100)
    try client.send(String(body))
    #expect(try client.reply()?.json["success"] == true)
  }

  @Test("Chunked and multipart bodies are taken")
  func otherBodies() throws {
    let client = try RunningSandbox().connect()
    let form = "key=sandbox-vpixelpro-key&number=15550100001&message=Hi"
    try client.send(
      "POST /vpixelpro/services/send.php HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
        + "Content-Type: application/x-www-form-urlencoded\r\n\r\n\(String(form.utf8.count, radix: 16))\r\n\(form)\r\n0\r\n\r\n"
    )
    #expect(try client.reply()?.json["success"] == true)
    let parts = VoximplantSendTests.login.split(separator: "&") + VoximplantSendTests.single.split(separator: "&")
    let body =
      parts.map { part in
        let pair = part.split(separator: "=")
        return "--xyz\r\nContent-Disposition: form-data; name=\"\(pair[0])\"\r\n\r\n\(pair[1])\r\n"
      }.joined() + "--xyz--\r\n"
    try client.send(
      "POST /voximplant/SendSmsMessage HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.utf8.count)\r\n"
        + "Content-Type: multipart/form-data; boundary=xyz\r\n\r\n\(body)")
    #expect(try client.reply()?.json["message_id"] == 11)
  }

  static let garbage: [(wire: String, status: Int)] = [
    ("\u{16}\u{3}\u{1}\u{0}\u{5}hello\n\n", 400), ("GET / HTTP/1.1\r\n\r\n", 400),
    ("GET /\(String(repeating: "a", count: 100_000)) HTTP/1.1\r\n", 431),
    ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10485761\r\n\r\n\(String(repeating: "a", count: 1_000_000))", 413),
  ]

  @Test("Garbage is told so", arguments: garbage)
  func refusals(wire: String, status: Int) throws {
    let client = try RunningSandbox().connect()
    try client.send(wire)
    #expect(try client.reply()?.status == status)
    client.endSending()
    #expect(try client.rest().isEmpty)
  }

  @Test("A refused body may still be sent to its end, as many clients do before they read")
  func refusedBody() throws {
    let client = try RunningSandbox().connect()
    try client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10485761\r\n\r\n")
    #expect(try client.reply()?.status == 413)
    for _ in 0..<20 { try client.send(String(repeating: "a", count: 10_000)) }
    client.endSending()
    #expect(try client.rest().isEmpty)
  }

  @Test(
    "Other requests don't end the connection",
    arguments: [
      ("GET / HTTP/1.1\r\nHost: x\r\n\r\n", 404), ("GET /other/x HTTP/1.1\r\nHost: x\r\n\r\n", 404),
      ("GET /vpixelpro/services/none.php HTTP/1.1\r\nHost: x\r\n\r\n", 404),
      ("HEAD /vpixelpro/services/send.php HTTP/1.1\r\nHost: x\r\n\r\n", 405),
      (posting("/vpixelpro/services/send.php", "key=%FF"), 400),
    ])
  func strangers(wire: String, status: Int) throws {
    let client = try RunningSandbox().connect()
    try client.send(wire)
    #expect(try client.reply()?.status == status)
    try client.send(sending())
    #expect(try client.reply()?.json["success"] == true)
  }

  @Test("Connection: close is kept to")
  func close() throws {
    let client = try RunningSandbox().connect()
    try client.send(sending(headers: "Connection: close\r\n"))
    #expect(try client.reply()?.head.contains("\r\nConnection: close\r\n") == true)
    #expect(try client.rest().isEmpty)
  }

  @Test("Hundreds of connections are served while some say nothing and others only begin")
  func manyConnections() throws {
    let sandbox = try RunningSandbox()
    let clients = try (0..<300).map { _ in try sandbox.connect() }
    let request = sending()
    for (index, client) in clients.enumerated() {
      if index % 3 == 0 { try client.send(String(request.prefix(index % request.count))) }
    }
    let busy = clients.enumerated().filter { $0.offset % 3 == 1 }.map(\.element)
    for client in busy { try client.send(request) }
    for client in busy { #expect(try client.reply()?.status == 200) }
    #expect(try sandbox.log().count == busy.count)
  }

  @Test("Thousands of connections one after the other are served")
  func sequentialConnections() throws {
    let sandbox = try RunningSandbox()
    for _ in 0..<3000 {
      let client = try sandbox.connect()
      try client.send(sending())
      #expect(try client.reply()?.status == 200)
    }
    #expect(try sandbox.log().count == 3000)
  }

  @Test("A taken port is refused with its number")
  func takenPort() throws {
    let sandbox = try RunningSandbox()
    #expect {
      try SandboxServer(SandboxOptions(port: sandbox.port))
    } throws: { error in
      guard case .cannotListen(let port, _) = error as? SandboxError else { return false }
      return port == sandbox.port
    }
  }

  @Test("A log that can't be opened is refused with its path")
  func badLog() throws {
    try withTemporaryFolder { folder in
      let log = "\(folder)/none/log"
      #expect {
        try SandboxServer(SandboxOptions(log: log))
      } throws: { error in
        guard case .cannotLog(let path, let cause) = error as? SandboxError else { return false }
        return path == log && cause.isNotFound
      }
    }
  }
}
