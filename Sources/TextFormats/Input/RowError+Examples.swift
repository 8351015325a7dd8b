extension RowError {
  /// One example of each reason, and of each kind of JSON error.
  package static var examples: [ExampleMessage] {
    let reasons: [Reason] = [
      .invalidUTF8(offset: 14, field: []), .otherEncoding(offset: 14, name: "windows-1252", reading: "Zoë"),
      .rowTooLong(limit: 1_048_576), .strayQuote, .strayQuoteInLaterLine,
      .unreadableProperty("FN"), .unterminatedCard, .unterminatedQuote, .extraField(fields: 3, columns: 2),
      .extraCell(columns: 2), .notAnObject, .nestedValue(column: "message"),
    ]
    let errors = reasons.map { RowError($0, row: 2, position: TextPosition(line: 3, column: 7)) }
    let ofJSON = JSONError.Kind.examples.map { kind in
      InputError(RowError(.invalidJSON(kind), row: 2, position: TextPosition(line: 3, column: 7)), file: "list.json")
    }
    let header = headerReasons.map { RowError($0, row: nil, position: TextPosition(line: 1, column: 1)) }
    let cells: [InputError.Problem] = [
      .databaseEscape(column: "message"), .cellError("#REF!", column: "to"), .notCalculated(column: "to"),
      .nullWord("NULL", column: "message"),
    ]
    return (errors + header).map { ExampleMessage(InputError($0, file: "list.csv")) }
      + ofJSON.map { ExampleMessage($0) }
      + header.dropFirst().map { ExampleMessage(InputError($0, file: "stop.csv", isStopList: true)) }
      + InputError.examples(cells, at: .row(file: "list.xlsx", row: 2, line: 3))
  }
}

extension RowError {
  private static var headerReasons: [Reason] {
    [
      .repeatedColumn("to"), .headerMissing(["+15550100001", "Ada"], hasText: false),
      .severalDelimiters([UInt8(ascii: ","), UInt8(ascii: ";")]),
    ]
  }
}

extension JSONError.Kind {
  /// One of each case.
  fileprivate static var examples: [Self] {
    [
      .unexpectedEnd, .expectedValue, .expectedName, .expectedColon, .expectedCommaOrBracket, .expectedCommaOrBrace,
      .expectedArray, .trailingContent, .invalidNumber, .controlCharacter(7), .invalidEscape, .loneSurrogate,
      .invalidUTF8, .tooDeep(limit: 64), .elementTooLong(limit: 1_048_576),
    ]
  }
}
