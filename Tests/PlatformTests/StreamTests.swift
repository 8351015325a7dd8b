import Testing

@testable import Platform

@Suite(.ownThread) struct StreamTests {
  @Test func allBytesArriveThroughANonBlockingPipe() throws {
    let pipe = try Pipe()
    pipe.writing.makeNonBlocking()
    pipe.reading.makeNonBlocking()
    let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0) }
    try DetachedThread.start {
      try? pipe.writing.writeAll(bytes)
      pipe.writing.close()
    }
    #expect(try pipe.reading.readAll(limit: 2_000_000) == bytes)
    pipe.reading.close()
  }

  @Test func aPipeWithoutReaderIsAnErrorNotTheEnd() throws {
    let pipe = try Pipe()
    pipe.reading.close()
    let error = #expect(throws: SystemError.self) { try pipe.writing.writeAll([1]) }
    #expect(error?.isBrokenPipe == true)
    pipe.writing.close()
  }

  @Test func waitingEndsWithTheFirstByteOrTheTime() throws {
    let pipe = try Pipe()
    defer { pipe.close() }
    #expect(try !pipe.reading.waitUntilReadable(atMost: .milliseconds(1)))
    #expect(try !pipe.reading.waitUntilReadable(atMost: .seconds(-5)))
    try pipe.writing.writeAll([1])
    #expect(try pipe.reading.waitUntilReadable(atMost: nil))
  }

  @Test func aFileIsNoTerminal() throws {
    let file = try Files.openForReading("/dev/null")
    defer { file.close() }
    #expect(!Terminal.isTerminal(file))
    #expect(Terminal.size(file).width == nil)
  }
}

@Suite struct EnvironmentVariablesTests {
  @Test func variablesThatAreNotTextAreNamedNotDropped() {
    var variables = EnvironmentVariables()
    variables.add(Array("A=1=2".utf8))
    variables.add(Array("A=3".utf8))
    variables.add(Array("EMPTY=".utf8))
    variables.add(Array("BAD=x".utf8) + [0xff])
    variables.add(Array("no equals sign".utf8))
    #expect(variables.values == ["A": "1=2", "EMPTY": ""])
    #expect(variables.invalid == ["BAD": 1])
  }
}
