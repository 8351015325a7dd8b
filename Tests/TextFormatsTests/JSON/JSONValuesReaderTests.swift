import TestSupport
import Testing
import TextFormats

@Suite struct JSONValuesReaderTests {
  /// What the reader makes of a text that arrives in pieces of this many bytes.
  private func read(
    _ text: some Sequence<UInt8>, inPiecesOf size: Int, elementLimit: Int = 1000
  ) throws(JSONError) -> [JSONValuesReader.Element] {
    var reader = JSONValuesReader(elementLimit: elementLimit)
    var elements: [JSONValuesReader.Element] = []
    var rest = Array(text)[...]
    while true {
      while let element = try reader.next() { elements.append(element) }
      if reader.isFinished { return elements }
      if rest.isEmpty { reader.finish() } else { reader.append(rest.prefix(size)) }
      rest = rest.dropFirst(size)
    }
  }

  @Test(arguments: [1, 2, 3, 5, 8, 1000])
  func givesElementsAndTheirPlaces(size: Int) throws {
    let text = "\u{FEFF}[ 1,\n  {\"ä\": [\"],\\\"\"]},\n\n\"x\\\\\" ,\"\\\",\"\n]\n"
    let elements = try read(text.utf8, inPiecesOf: size)
    #expect(elements.map(\.value) == [1, ["ä": ["],\""]], "x\\", "\","])
    #expect(elements.map(\.position.line) == [1, 2, 4, 4])
    #expect(elements.map(\.position.column) == [3, 3, 1, 8])
  }

  @Test("Values one after another are elements as well, whatever stands between them", arguments: [1, 2, 100])
  func values(size: Int) throws {
    let text = "{\"a\":[1,\"}\"]}{\n \"b\": 2\n}\t\"x\" 3\n[4,5][]\n6"
    let elements = try read(text.utf8, inPiecesOf: size)
    #expect(elements.map(\.value) == [["a": [1, "}"]], ["b": 2], "x", 3, 4, 5, 6])
    #expect(elements.map(\.position.line) == [1, 1, 3, 3, 4, 4, 5])
  }

  @Test(arguments: ["[]", " [ \n ] ", "\u{FEFF}[]", "", "\u{FEFF}\n"], [1, 100])
  func givesNothingForAnEmptyArray(text: String, size: Int) throws {
    #expect(try read(text.utf8, inPiecesOf: size).isEmpty)
  }

  @Test(
    arguments: [
      ("{} ]", .expectedValue, 1, 4),
      ("{\"a\":1}, 2", .expectedValue, 1, 8),
      ("[1", .unexpectedEnd, 1, 3),
      ("[1,", .unexpectedEnd, 1, 4),
      ("[1,\n{\"a\":", .unexpectedEnd, 2, 6),
      ("[1,]", .expectedValue, 1, 4),
      ("[,1]", .expectedValue, 1, 2),
      ("[1 2,3]", .expectedCommaOrBracket, 1, 4),
      ("[\n1,\n {\"é\":1]\n,2]", .expectedCommaOrBrace, 3, 8),
      ("[1}", .expectedCommaOrBracket, 1, 3),
      ("[}]", .expectedValue, 1, 2),
      ("[\"a\": 1]", .expectedCommaOrBracket, 1, 5),
      ("[1],", .expectedValue, 1, 4),
      ("[01]", .invalidNumber, 1, 3),
    ] as [(String, JSONError.Kind, Int, Int)], [1, 100])
  func refusesWhatIsNoValue(expectation: (String, JSONError.Kind, Int, Int), size: Int) {
    let (text, kind, line, column) = expectation
    let error = #expect(throws: JSONError.self) { try read(text.utf8, inPiecesOf: size) }
    #expect(error?.kind == kind)
    #expect(error?.position == TextPosition(line: line, column: column))
  }

  @Test func givesAnElementAsSoonAsItHasArrived() throws {
    var reader = JSONValuesReader()
    reader.append("[\"first\"".utf8)
    #expect(try reader.next() == nil)
    reader.append(",".utf8)
    #expect(try reader.next()?.value == "first")
    reader.append("2,".utf8)
    #expect(try reader.next()?.value == 2)
    #expect(try reader.next() == nil)
  }

  @Test func givesWhatCameBeforeTheFault() throws {
    var reader = JSONValuesReader()
    reader.append("[1, 2, oops]".utf8)
    #expect(try reader.next()?.value == 1)
    #expect(try reader.next()?.value == 2)
    #expect(throws: JSONError.self) { try reader.next() }
  }

  @Test(arguments: ["[\"", "[[[", "[ 1, {\"a\": "], [1, 7, 4096])
  func refusesAnElementThatNeverEnds(opening: String, size: Int) {
    let text = opening + String(repeating: "x", count: 5000)
    let error = #expect(throws: JSONError.self) { try read(text.utf8, inPiecesOf: size) }
    #expect(error?.kind == .elementTooLong(limit: 1000))
  }

  @Test func anElementMayBeAsLongAsTheLimit() throws {
    let text = String(repeating: "x", count: 8)
    #expect(try read("[\"\(text)\",\"\(text)\"]".utf8, inPiecesOf: 3, elementLimit: 10).count == 2)
    #expect(throws: JSONError.self) { try read("[\"\(text)\"]".utf8, inPiecesOf: 3, elementLimit: 9) }
  }

  @Test(.enabled(if: Conformance.folder("json") != nil), arguments: JSONSamples.accepted)
  func givesTheElementsThatTheParserGives(path: String) throws {
    let bytes = try FileWalk.bytes(of: path)
    guard let elements = try JSONValue(parsing: bytes).array else { return }
    #expect(try read(bytes, inPiecesOf: 3).map(\.value) == elements)
  }
}
