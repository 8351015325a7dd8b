import TestSupport
import Testing
import TextFormats

/// Providers that answer in the documented form, but oddly: what can be read is shown, and nothing is made up.
@Suite(.ownThread) struct OddAnswerTests {
  private static func gateway(_ data: String) -> String { #"{"success":true,"data":\#(data),"error":null}"# }

  /// A question, an odd answer, and the values of some fields that it gives.
  struct Answer: Sendable, CustomTestStringConvertible {
    var name: String
    var provider = Provider.vpixelpro
    var line: [String]
    var body: String
    var columns: String
    var printed: String

    var testDescription: String { name }
  }

  static let answers: [Answer] = [
    Answer(
      name: "null in every place", line: ["status", "--group", "g"],
      body: gateway(
        #"{"messages":[{"ID":null,"number":null,"message":null,"deviceID":null,"simSlot":null,"schedule":null,"#
          + #""groupID":null,"status":null,"type":null,"sentDate":null,"deliveredDate":null}]}"#),
      columns: "id,to,body,status,provider_status,device,sent_at", printed: ",,,accepted,,,\n"),
    Answer(
      name: "numbers as strings, strings as numbers", line: ["status", "7"],
      body: gateway(
        #"{"messages":[{"ID":"7","number":15550100001,"message":12,"deviceID":"2","simSlot":"1","status":"Sent"}]}"#),
      columns: "id,to,body,status,device,sim", printed: "7,+15550100001,12,sent,2,1\n"),
    Answer(
      name: "a message of another id", line: ["status", "7"],
      body: gateway(#"{"messages":[{"ID":8,"number":"+15550100001","status":"Sent"}]}"#), columns: "id", printed: ""),
    Answer(
      name: "the same message twice", line: ["status", "--group", "g"],
      body: gateway(#"{"messages":[{"ID":7,"status":"Sent"},{"ID":7,"status":"Failed"}]}"#), columns: "id,status",
      printed: "7,sent\n"),
    Answer(
      name: "lists, objects and flags in the place of texts", line: ["status", "--group", "g"],
      body: gateway(#"{"messages":[{"ID":[7],"number":{},"message":true,"status":[],"sentDate":{},"simSlot":false}]}"#),
      columns: "id,to,status,sent_at", printed: ",,accepted,\n"),
    Answer(
      name: "numbers beyond all bounds", line: ["devices"],
      body: gateway(#"{"devices":[{"id":1e999,"name":"A","sims":{"99999999999999999999":"X","-1":"Y","1":"Z"}}]}"#),
      columns: "name,sims", printed: "A,\"[{\"\"slot\"\":1,\"\"label\"\":\"\"Z\"\"}]\"\n"),
    Answer(
      name: "bytes that a terminal would obey, faithful in CSV", line: ["devices"],
      body: gateway(#"{"devices":[{"id":1,"name":"a\u001b[2Jb\u0000"}]}"#), columns: "name",
      printed: "a\u{1B}[2Jb\u{0}\n"),
    Answer(
      name: "no devices", line: ["devices"], body: gateway(#"{"devices":[]}"#), columns: "id", printed: ""),
    Answer(
      name: "a balance below zero", line: ["balance"], body: gateway(#"{"credits":"-12.50"}"#),
      columns: "amount,unlimited", printed: "-12.50,false\n"),
    Answer(
      name: "a balance of many digits", provider: .voximplant, line: ["balance"],
      body: #"{"result":{"balance":123456789012345678901234567890.123456789,"currency":null}}"#,
      columns: "amount,currency", printed: "123456789012345678901234567890.123456789,\n"),
    Answer(
      name: "a history of odd rows", provider: .voximplant, line: ["status"],
      body:
        #"{"result":[{},{"message_id":1},{"message_id":"1"},{"message_id":2,"status_id":"2","fragments":"-3","cost":"x"}],"total_count":"4"}"#,
      columns: "id,status,segments,price", printed: ",accepted,,\n1,accepted,,\n2,failed,,\n"),
    Answer(
      name: "a total that promises more than ever comes", provider: .voximplant, line: ["status", "--limit", "all"],
      body: #"{"result":[{"message_id":1},{"message_id":2}],"total_count":9223372036854775807}"#, columns: "id",
      printed: "1\n2\n"),
    Answer(
      name: "the same page of contacts for ever", provider: .smsit, line: ["contacts", "list", "--limit", "all"],
      body: #"{"status":"0","contacts":[{"id":"1","number":"15550100001","subscriber":"maybe","date":"0000-00-00"}]}"#,
      columns: "id,number,subscribed,created_at", printed: "1,+15550100001,,\n"),
    Answer(
      name: "contacts without ids for ever", provider: .smsit, line: ["contacts", "list", "--limit", "all"],
      body: #"{"status":0,"contacts":[{"number":"15550100001"},{"number":"15550100002"}]}"#, columns: "number",
      printed: "+15550100001\n+15550100002\n"),
    Answer(
      name: "a count that is no count", provider: .smsit, line: ["status", "--group", "7"],
      body: #"{"successful":"3","failed":0}"#, columns: "successful,failed", printed: "3,0\n"),
    Answer(
      name: "an answer to a code that is blank", line: ["ussd", "status", "7"],
      body: gateway(#"{"requests":[{"ID":"7","response":"  ","responseDate":"never"}]}"#),
      columns: "id,response,responded_at", printed: "7,,\n"),
  ]

  @Test("What can be read is shown", arguments: answers)
  func answer(answer: Answer) throws {
    let server = try ScriptedServer { _ in [.answerAll(with: ScriptedServer.reply(body: answer.body))] }
    try withTemporaryFolder { folder in
      let run = try Tool(folder: folder, profilesAt: server.url).run(
        ["-p", answer.provider.rawValue] + answer.line
          + ["-o", "csv", "--columns", answer.columns, "--no-header", "--timeout", "10s"])
      #expect(run.text == answer.printed, "\(run.stderr)")
      #expect(run.code == (answer.name == "a message of another id" ? 1 : 0), "\(run.stderr)")
      #expect(server.requests.count <= 2)
    }
  }

  /// Ids and the like that would mean something else to a provider, or to a terminal.
  static let oddWords = [
    "7x", "07", "-7", "+7", "7 ", " ", "7\n8", "٧", "1e3", "99999999999999999999", "7&id=8", "\u{1B}[2J", "7;8",
  ]

  @Test("A gateway is not asked for what it might read as another number", arguments: oddWords)
  func oddNumber(word: String) throws {
    let server = try ScriptedServer { _ in [.read, .reset] }
    try withTemporaryFolder { folder in
      let tool = try Tool(folder: folder, profilesAt: server.url)
      for line in [
        ["status", "--", word], ["resend", "--", word], ["ussd", "status", "--", word],
        ["list-send", "--", word, "Hello"],
        ["contacts", "add", "+15550100001", "--list=\(word)"],
        ["contacts", "unsubscribe", "+15550100001", "--list=\(word)"],
      ] {
        let run = try tool.run(["-p", "vpixelpro"] + line)
        #expect(run.code == 2, "\(line): \(run.stderr)")
        #expect(!run.stderr.contains("\u{1B}") && run.stdout.isEmpty)
      }
    }
    #expect(server.connections == 0)
  }

  @Test(
    "Any other name reaches the provider byte by byte",
    arguments: [")V5*J$5b.6", "a&b=c d+e%41", "Freunde 🎉\nx", "'; --"])
  func oddName(name: String) throws {
    try withSandbox { sandbox in
      for line in [["status", "--group", name], ["contacts", "list", "--list", name], ["list-send", name, "Hello"]] {
        let run = try sandbox.run(.smsit, line)
        #expect(run.code == 1 && run.stderr.contains("does not exist"), "\(run.stderr)")
      }
      let none = try sandbox.run(.vpixelpro, "status", "--group", name, "-o", "json")
      #expect(none.code == 0 && none.text == "[]\n")
    }
  }
}
