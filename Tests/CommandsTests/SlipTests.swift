import Application
import Testing
import TextFormats

@testable import Commands

/// Command lines that surely mean something else than they say.
@Suite struct SlipTests {
  @Test(
    "Nothing is sent, and the hint shows the form that this command takes",
    arguments: [
      (["send", "+15550100001", "+15550100002"], "separate numbers with commas"),
      (["send", "+15550100001", "+1 (555) 010-0002"], "put -- before the text"),
      (["send", "+15550100001", "+15550100002,+15550100003"], "separate numbers with commas"),
      (["send", "+15550100001", "+1 555 010 0002; +1 555 010 0003,"], "separate numbers with commas"),
      (["send", "+15550100001;+15550100002", "hi"], "separate several numbers with commas"),
      (["send", "+15550100001 +15550100002", "hi"], "separate several numbers with commas"),
      (["send", "+15550100001/+15550100002", "hi"], "separate several numbers with commas"),
      (["send", "15550100001,00", "hi"], "'15550100001,00' is an amount of money"),
      (["send", "15,550,100,001", "hi"], "'15,550,100,001' is an amount of money"),
      (["send", "+15550100001,", "hi"], "write TO as NUMBER,NUMBER"),
      (["send", "+15550100001,,+15550100002", "hi"], "write TO as NUMBER,NUMBER"),
      (["jobs", "cancl", "spring"], "did you mean 'sms jobs cancel spring'?"),
      (["jobs", "prun", "--before", "-1d"], "did you mean 'sms jobs prune'?"),
      (["contacts", "ad"], "did you mean 'sms contacts add'?"),
      (["send", "--to", "+15550100001", "hi"], "write the number first: sms send NUMBER"),
      (["send", "+15550100001", "-m", "hi"], "write the text after the number"),
      (["send", "+15550100001", "--message", "hi"], "write the text after the number"),
      (["send", "+15550100001", "--file", "news.txt"], "sms send NUMBER - < FILE"),
      (["send", "+15550100001", "hello", "there"], "quote the text"),
      (["send", "+15550100001", "hi", "--", "--dry-run", "x"], "put options before --"),
      (["send", "+15550100001", "hi", "--attach", "cat.jpg"], "https://example.com/cat.jpg"),
      (["list-send", "1", "+15550100002"], "put -- before the text"),
      (["list-send", "--list", "1", "hi"], "write the list first"),
      (["bulk", "list.csv", "Hi"], "--message \"TEXT\""),
      (["bulk", "-", "--suppress", "-"], "see 'sms bulk -h'"),
      (["-v"], "'sms --version'"),
    ])
  func slip(arguments: [String], hint: String) {
    let world = World()
    #expect(SMSProgram(environment: world.environment(World.profile("vpixelpro"))).run(arguments) == .usage)
    #expect(world.complained.contains(hint), "\(world.complained)")
  }

  @Test(
    "What may be a text is sent: a number behind --, a code, a text with a number in it",
    arguments: [
      ["send", "+15550100001", "--dry-run", "--", "+15550100002"], ["send", "+15550100001", "123456", "--dry-run"],
      ["send", "+15550100001", "Call +15550100002", "--dry-run"],
      ["send", "+15550100001", "--dry-run", "--", "+15550100002,+15550100003"],
      ["send", "+15550100001", "+15550100002, Ada", "--dry-run"], ["send", "+15550100001", "1,234,567", "--dry-run"],
      ["send", "+15550100001", "--dry-run", "--", "--wait"],
    ])
  func text(arguments: [String]) {
    let world = World()
    #expect(SMSProgram(environment: world.environment(World.profile("vpixelpro"))).run(arguments) == .success)
  }

  @Test("A text that is the name of a file is sent as it is, with a note")
  func fileName() {
    let world = World(files: ["news.txt": "We open at nine."])
    #expect(world.run(line: "send +15550100001 news.txt --dry-run", with: "vpixelpro") == .success)
    #expect(world.complained.contains("sending the text 'news.txt', not the file"))
  }

  @Test("A byte order mark and CR before LF are not part of a text from a pipe")
  func pipe() {
    let world = World(input: ["\u{FEFF}Hi\r\nthere\r\n"])
    #expect(
      world.run(line: "send +15550100001 --dry-run -o csv --columns body,encoding", with: "vpixelpro") == .success)
    #expect(world.printed == "body,encoding\n\"Hi\nthere\",gsm7\n")
  }
}
