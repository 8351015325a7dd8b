import Testing

@testable import Sandbox

@Suite struct RequestReaderTests {
  static let wholeRequests: [(wire: String, target: String, body: String)] = [
    ("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nk=1", "/a", "k=1"),
    ("GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n", "/a?b=c", ""),
    ("GET / HTTP/1.0\r\n\r\n", "/", ""),
    // Line ends and empty lines as sloppy clients write them.
    ("\r\n\r\nGET /a HTTP/1.1\nHost: x\n\n", "/a", ""),
    ("POST /a HTTP/1.1\r\nhOsT:x\r\ntransfer-encoding: Chunked\r\n\r\n3\r\nk=1\r\n0\r\n\r\n", "/a", "k=1"),
    (
      "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2;note=\"x\"\r\nk=\r\nA\r\n0123456789\r\n00\r\n"
        + "Trailer: y\r\n\r\n", "/a", "k=0123456789"
    ),
    ("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3, 3\r\n\r\nk=1", "/a", "k=1"),
  ]

  @Test("A request is the same whether it comes at once or byte by byte", arguments: wholeRequests)
  func pieces(wire: String, target: String, body: String) throws {
    for size in [1, 2, 7, 1000] {
      var reader = RequestReader()
      var found: [RawRequest] = []
      for piece in Array(wire.utf8).pieces(of: size) {
        reader.append(piece)
        while let request = try reader.next() { found.append(request) }
      }
      #expect(found.map(\.head.target) == [target])
      #expect(found.map { String(decoding: $0.body, as: UTF8.self) } == [body])
    }
  }

  @Test("Requests sent without waiting for replies are told apart")
  func pipelining() throws {
    var reader = RequestReader()
    let wires = Self.wholeRequests.dropFirst(3)
    reader.append(wires.map(\.wire).joined().utf8)
    for expected in wires { #expect(try reader.next()?.body == Array(expected.body.utf8)) }
    #expect(try reader.next() == nil)
  }

  static let refused: [(wire: String, status: Int)] = [
    ("nonsense\r\n\r\n", 400),
    ("\u{16}\u{3}\u{1}\u{2}\r\n\r\n", 400),
    ("GET  /a HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("GET /a HTTP/1.1\r\n\r\n", 400),
    ("GET /a HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
    ("GET /a HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n", 400),
    ("GET /a HTTP/1.1\r\nHost : x\r\n\r\n", 400),
    ("GET /a HTTP/1.1\r\nHost: x\r\nA: b\u{0}c\r\n\r\n", 400),
    ("GET /a HTTP/2.0\r\nHost: x\r\n\r\n", 505),
    ("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
    ("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
    ("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\n", 400),
    ("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n", 400),
    ("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 10485761\r\n\r\n", 413),
    ("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    ("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
    ("POST /a HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\n\r\n", 417),
    ("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400),
    ("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", 400),
    ("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\r\n", 400),
    ("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nA00001\r\n", 413),
    ("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n", 400),
    ("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", 400),
    ("GET /\(String(repeating: "a", count: 70_000))", 431),
    ("GET / HTTP/1.1\r\nHost: x\r\nA: \(String(repeating: "a", count: 70_000))\r\n\r\n", 431),
    ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\(String(repeating: "0", count: 5000))", 400),
  ]

  @Test("What can't be a request, or could be read in two ways, is refused", arguments: refused)
  func refusals(wire: String, status: Int) {
    var reader = RequestReader()
    reader.append(wire.utf8)
    #expect { try reader.next() } throws: { ($0 as? HTTPRefusal)?.status == status }
  }

  @Test("100 Continue is asked for only while the body is missing")
  func expectContinue() throws {
    var reader = RequestReader()
    reader.append("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n".utf8)
    #expect(try reader.next() == nil)
    #expect(reader.awaitsContinue)
    reader.append("ab".utf8)
    #expect(try reader.next()?.body == Array("ab".utf8))
    #expect(!reader.awaitsContinue)
  }

  @Test(
    "A connection stays open as its HTTP version and Connection field say",
    arguments: [
      ("HTTP/1.1", "", true), ("HTTP/1.1", "Connection: Close\r\n", false), ("HTTP/1.0", "", false),
      ("HTTP/1.0", "Connection: upgrade, Keep-Alive\r\n", true),
    ])
  func keepAlive(version: String, field: String, stays: Bool) throws {
    var reader = RequestReader()
    reader.append("GET / \(version)\r\nHost: x\r\n\(field)\r\n".utf8)
    #expect(try reader.next()?.head.wantsKeepAlive == stays)
  }
}

extension Array {
  func pieces(of size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}
