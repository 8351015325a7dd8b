import Testing

@testable import Sandbox

@Suite struct FormFieldsTests {
  static let encoded: [(text: String, fields: [[String]])] = [
    ("", []),
    ("a=1&b=2", [["a", "1"], ["b", "2"]]),
    ("a=1+2%2B3", [["a", "1 2+3"]]),
    ("m=%F0%9F%99%82%0d%0A", [["m", "🙂\r\n"]]),
    ("a=b=c&&d", [["a", "b=c"], ["d", ""]]),
    ("100%=5%zz%4", [["100%", "5%zz%4"]]),
    ("number%5B%5D=1&number[]=2", [["number[]", "1"], ["number[]", "2"]]),
  ]

  @Test("Form encoding is undone as the WHATWG standard says", arguments: encoded)
  func urlEncoded(text: String, fields: [[String]]) throws {
    #expect(try FormFields(urlEncoded: Array(text.utf8)).list.map { [$0.name, $0.value] } == fields)
  }

  @Test("Texts that are not UTF-8 are refused", arguments: ["a=%FF", "%C3=1", "a=%ED%A0%80", "a=%C0%80"])
  func notUTF8(text: String) {
    #expect(throws: HTTPRefusal.self) { try FormFields(urlEncoded: Array(text.utf8)) }
  }

  @Test("Of equal names the last wins, empty means left out, and brackets make an array")
  func reading() throws {
    let fields = try FormFields(urlEncoded: Array("a=1&a=2&schedule=&n[]=3&n[7]=4&n=5".utf8))
    #expect(fields["a"] == "2")
    #expect(fields["schedule"] == nil)
    #expect(fields["missing"] == nil)
    #expect(fields.elements(of: "n") == ["3", "4"])
    #expect(fields["n"] == "5")
  }

  static let part = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n2--B\r\n"

  @Test(
    "multipart/form-data gives the same fields; files are left out",
    arguments: [
      part + "--B--\r\n",
      "preamble\r\n" + part + "--B--",
      part
        + "--B\r\nContent-Type: text/plain\r\ncontent-disposition: form-data; filename=\"f\"; name=\"x\"\r\n\r\ny\r\n--B--",
    ])
  func multipart(text: String) throws {
    let fields = try FormFields(body: Array(text.utf8), contentType: "multipart/form-data; boundary=\"B\"")
    #expect(fields.list == [FormFields.Field(name: "a", value: "1\r\n2--B")])
  }

  @Test(
    "A broken multipart body is refused",
    arguments: [
      "", "--B", part, "--B\r\n\r\n\r\nx\r\n--B--", "--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--",
      "--B\r\n--B--",
    ])
  func brokenMultipart(text: String) {
    #expect(throws: HTTPRefusal.self) {
      try FormFields(body: Array(text.utf8), contentType: "multipart/form-data; boundary=B")
    }
  }

  @Test("A multipart body of many parts, or one that nearly repeats its boundary, is read to its end")
  func longMultipart() throws {
    let boundary = String(repeating: "B", count: 60)
    let type = "multipart/form-data; boundary=\(boundary)"
    let head = "--\(boundary)\r\nContent-Disposition: form-data; name=a\r\n\r\n"
    let many = String(repeating: "\(head)1\r\n", count: 10_000) + "--\(boundary)--"
    #expect(try FormFields(body: Array(many.utf8), contentType: type).list.count == 10_000)
    let value = String(repeating: "\r\n--\(boundary.dropLast())\r\r\n-", count: 10_000)
    let near = "\(head)\(value)\r\n--\(boundary)--"
    #expect(try FormFields(body: Array(near.utf8), contentType: type)["a"] == value)
  }

  @Test("A form of too many fields is refused, however short each is")
  func tooManyFields() throws {
    let (most, more) = (String(repeating: "a&", count: 100_000), String(repeating: "a&", count: 100_001))
    #expect(try FormFields(urlEncoded: Array(most.utf8)).list.count == 100_000)
    #expect(throws: HTTPRefusal.bodyTooLarge) { try FormFields(urlEncoded: Array(more.utf8)) }
  }

  @Test("A body that is no form has no fields", arguments: [nil, "", "application/json", "text/plain; boundary=B"])
  func noForm(contentType: String?) throws {
    #expect(try FormFields(body: Array("a=1".utf8), contentType: contentType).list.isEmpty)
  }
}
