import Testing
import TextFormats

/// Parts of a spreadsheet as Excel, LibreOffice and libraries write them.
@Suite struct WorkbookTests {
  private let head = #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#

  /// A sheet as CSV; styles 0 and 1 are general and a date.
  private func csv(_ rows: String, from1904: Bool = false, shared: String = "") throws -> String {
    var workbook = Workbook()
    _ = try workbook.sheets(
      workbook: Array("<workbook><workbookPr date1904=\"\(from1904 ? 1 : 0)\"/></workbook>".utf8),
      relations: Array("<Relationships/>".utf8))
    try workbook.takeSharedTexts(Array("\(head)<sst>\(shared)</sst>".utf8))
    try workbook.takeStyles(
      Array(
        """
        <styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts>
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="4"/></cellXfs></styleSheet>
        """.utf8))
    let sheet = "\(head)<worksheet><sheetData>\(rows)</sheetData></worksheet>"
    return try Self.csv(workbook, sheet: sheet)
  }

  private static func csv(_ workbook: Workbook, sheet: String) throws -> String {
    var reader = SheetReader(workbook, sheet: Array(sheet.utf8))
    var csv: [UInt8] = []
    while let piece = try reader.next() { csv += piece }
    return String(decoding: csv, as: UTF8.self)
  }

  @Test("Sheets are found in their order, by the relations of the workbook")
  func sheets() throws {
    var workbook = Workbook()
    let sheets = try workbook.sheets(
      workbook: Array(
        """
        \(head)<x:workbook xmlns:x="a" xmlns:r="b"><x:sheets><x:sheet name="A &amp; B" state="hidden" sheetId="2" r:id="rId2"/>
        <x:sheet name='Other' sheetId='1' r:id='rId1'/></x:sheets></x:workbook>
        """.utf8),
      relations: Array(
        """
        <Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>
        <Relationship Target="/xl/worksheets/sheet2.xml" Id="rId2"/></Relationships>
        """.utf8))
    #expect(sheets.map(\.name) == ["A & B", "Other"])
    #expect(sheets.map(\.part) == ["xl/worksheets/sheet2.xml", "xl/worksheets/sheet1.xml"])
    #expect(sheets.map(\.isHidden) == [true, false])
  }

  @Test(
    "A cell is what a person sees in it",
    arguments: [
      (#"<c r="A1" t="s"><v>1</v></c>"#, "\"Ada \"\"A\"\" & Co\""), (#"<c t="s"/>"#, ""),
      (#"<c t="inlineStr"><is><t>in</t><t>line</t></is></c>"#, "\"inline\""),
      (#"<c t="str"><f>A1&amp;"x"</f><v>a&lt;b&#233;</v></c>"#, "\"a<bé\""), (#"<c t="b"><v>1</v></c>"#, "\"TRUE\""),
      (#"<c t="e"><v>#N/A</v></c>"#, "\"#N/A\""), (#"<c><v>15550100001</v></c>"#, "\"15550100001\""),
      (#"<c><v>1.5550100001E10</v></c>"#, "\"15550100001\""), (#"<c><v>1.5</v></c>"#, "\"1.5\""),
      (#"<c><v>19.989999999999998</v></c>"#, "\"19.99\""), (#"<c><v>1.1000000000000001</v></c>"#, "\"1.1\""),
      (#"<c><v>0.29999999999999999</v></c>"#, "\"0.3\""), (#"<c><v>1E-3</v></c>"#, "\"0.001\""),
      (#"<c><v>-2.5000000000000001E-2</v></c>"#, "\"-0.025\""), (#"<c><v>9.9999999999999996</v></c>"#, "\"10\""),
      (#"<c><v>0.99999999999999989</v></c>"#, "\"1\""), (#"<c><v>1.2345E2</v></c>"#, "\"123.45\""),
      (#"<c><v>123456789012345</v></c>"#, "\"123456789012345\""), (#"<c><v>.5</v></c>"#, "\"0.5\""),
      (#"<c><v>1234567890.12345</v></c>"#, "\"1234567890.12345\""), (#"<c><v>0x1p-1</v></c>"#, "\"0x1p-1\""),
      (#"<c s="1"><v>49735.395833333336</v></c>"#, "\"2036-03-01 09:30\""),
      (#"<c s="2"><v>49735</v></c>"#, "\"2036-03-01\""),
      (#"<c s="3"><v>49735</v></c>"#, "\"49735\""), (#"<c/>"#, ""), (#"<c r="A1" s="1"/>"#, ""),
      (#"<c t="str"><f>A1</f><v>a_x000D_&#10;b_x005F_x000D_c_xZZZZ_</v></c>"#, "\"a\r\nb_x000D_c_xZZZZ_\""),
      (#"<c><f>A1</f></c>"#, "\"#NOT CALCULATED!\""), (#"<c><f>A1</f><v/></c>"#, "\"#NOT CALCULATED!\""),
      (#"<c t="str"><f>A1</f><v></v></c>"#, ""),
    ])
  func cell(xml: String, field: String) throws {
    let shared = "<si><t>x</t></si><si><r><t>Ada </t></r><r><t>\"A\" &amp; Co</t></r><rPh><t>no</t></rPh></si>"
    #expect(try csv("<row>\(xml)</row>", shared: shared) == "\(field)\n")
  }

  @Test("Days may count from 1904")
  func from1904() throws {
    #expect(try csv(#"<row><c s="2"><v>48273</v></c></row>"#, from1904: true) == "\"2036-03-01\"\n")
  }

  @Test("Missing cells are empty, and missing rows blank lines, so that lines have Excel's numbers")
  func gaps() throws {
    let rows = #"<row r="1"><c r="B1"><v>1</v></c><c r="D1"><v>2</v></c></row><row r="4"><c r="A4"><v>3</v></c></row>"#
    #expect(try csv(rows) == "\"\",\"1\",\"\",\"2\"\n\n\n\"3\"\n")
  }

  @Test(
    "What is damaged or was cut is an error, never fewer rows or texts",
    arguments: [
      "", "<", "<a", "<a b=\"", "<!--", "<![CDATA[", "&", "<row r=\"99999999999999999999\">", "<c r=\"ZZZZZZ1\"><v>1",
      "<worksheet><sheetData><row><c><v>1</v></c></row><row><c><v>2</v></c>", "<worksheet><sheetData><row",
    ])
  func malformed(text: String) {
    var workbook = Workbook()
    #expect(throws: InputError(.workbookIncomplete)) {
      try workbook.sheets(workbook: Array(text.utf8), relations: Array("<Relationships/>".utf8))
    }
    #expect(throws: InputError(.workbookIncomplete)) { try workbook.takeSharedTexts(Array(text.utf8)) }
    #expect(throws: InputError(.workbookIncomplete)) { try workbook.takeStyles(Array(text.utf8)) }
    #expect(throws: InputError(.workbookIncomplete)) { try Self.csv(workbook, sheet: text) }
  }

  @Test(
    "A cell that can't be read is an error that names it",
    arguments: [
      (#"<c r="B1" t="s"><v>9</v></c>"#, InputError.Problem.textMissing(of: "B1")),
      (#"<c t="s"><v>x</v></c>"#, .textMissing(of: "row 1")),
      (#"<c r="AMK1"><v>1</v></c>"#, .tooManyColumns("AMK1", limit: 1024)),
    ])
  func unreadableCell(xml: String, problem: InputError.Problem) {
    #expect(throws: InputError(problem)) { try csv("<row>\(xml)</row>") }
  }
}
