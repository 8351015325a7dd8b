import Messaging
import Testing

@testable import Sandbox

@Suite struct AddressedRequestTests {
  static let targets: [(target: String, provider: String, path: String)] = [
    ("/vpixelpro/services/send.php", "vpixelpro", "/services/send.php"),
    ("/vpixelpro/services/send.php?key=a", "vpixelpro", "/services/send.php"),
    ("/voximplant", "voximplant", ""),
    ("/voximplant?cmd=x", "voximplant", ""),
    ("/voximplant/", "voximplant", "/"),
    ("/smsit/apis/sms%67roup/", "smsit", "/apis/smsgroup/"),
    ("http://127.0.0.1:8080/sendapp/x?y", "sendapp", "/x"),
    ("HTTP://127.0.0.1", "", ""),
    ("/", "", ""),
    ("*", "", ""),
  ]

  @Test("The first part of the path is the provider", arguments: targets)
  func provider(target: String, provider: String, path: String) throws {
    let head = RequestHead(method: "GET", target: target, minorVersion: 1, fields: [])
    let request = try #require(try AddressedRequest(RawRequest(head: head, body: [])))
    #expect(request.provider == provider)
    #expect(request.request.path == path)
  }

  @Test("Body fields win over those of the query, as in PHP")
  func precedence() throws {
    let type = HeaderField("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
    let head = RequestHead(method: "POST", target: "/x/y?a=1&b=2", minorVersion: 1, fields: [type])
    let request = try #require(try AddressedRequest(RawRequest(head: head, body: Array("a=3".utf8)))).request
    #expect(request.fields["a"] == "3")
    #expect(request.fields["b"] == "2")
    #expect(request.body["b"] == nil)
  }

  @Test("Other methods are no request", arguments: ["HEAD", "PUT", "DELETE", "get"])
  func methods(method: String) throws {
    let head = RequestHead(method: method, target: "/x", minorVersion: 1, fields: [])
    #expect(try AddressedRequest(RawRequest(head: head, body: [])) == nil)
  }
}
