#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform
import TestSupport
import Testing
import TextFormats

/// `sms run` changes nothing about the command that it runs, and texts once how it ended.
@Suite(.ownThread) struct RunCommandTests {
  @Test("The exit code, the streams and the descriptors are those of the command")
  func transparent() throws {
    try withSandbox { sandbox in
      let cases: [(command: String, code: Int32, text: String)] = [
        ("exit 0", 0, "succeeded after 0 s"), ("exit 3", 3, "failed with exit code 3 after 0 s"),
        ("exit 255", 255, "failed with exit code 255 after 0 s"),
        ("kill -9 $$", 137, "was killed by signal 9 (KILL) after 0 s"),
      ]
      for (index, test) in cases.enumerated() {
        let script = "cat; echo said >&2; echo three >&3; \(test.command)"
        let run = try sandbox.tool.shell(
          "sms run --name Job +15550100001 -- sh -c \"$1\" 3>three", [script], input: Array("in\n".utf8))
        #expect(run.code == test.code)
        #expect(run.text == "in\n" && run.stderr == "said\n", "\(run.stderr)")
        #expect(try String(decoding: Files.read("\(sandbox.folder)/three", limit: 100), as: UTF8.self) == "three\n")
        let texts = try sandbox.log().map(\.text)
        #expect(texts.count == index + 1)
        #expect(texts.last?.hasSuffix(": Job \(test.text)") == true, "\(texts)")
      }
    }
  }

  @Test("It texts when it was asked to, with the command line")
  func occasions() throws {
    try withSandbox { sandbox in
      let lines = [
        ("--on fail", "true", false), ("--on fail", "false", true), ("--on ok", "true", true),
        ("--on ok", "false", false), ("--on always", "true", true), ("--on fail", "/no/such/program", true),
      ]
      var sent = 0
      for (option, command, isSent) in lines {
        let run = try sandbox.tool.shell("sms run \(option) +15550100001,+15550100002 -- \(command) 'a b'")
        #expect(run.code == (command == "true" ? 0 : command == "false" ? 1 : 127))
        sent += isSent ? 2 : 0
        let log = try sandbox.log()
        #expect(log.count == sent, "\(option) \(command)")
        if isSent { #expect(log.last?.text.contains(": \(command) 'a b' ") == true) }
      }
      try sandbox.write("script", "#!/bin/sh\n")
      #expect(try sandbox.tool.shell("chmod 600 script; sms run +15550100001 -- ./script").code == 126)
    }
  }

  @Test("The command gets its arguments byte for byte, whatever their encoding")
  func bytes() throws {
    try withSandbox { sandbox in
      let line = "sms run --name Job +15550100001 -- printf '%s|' \"$(printf 'caf\\351')\" '' -- | od -An -tx1"
      let run = try sandbox.tool.shell(line)
      #expect(run.text.split(separator: "\n").joined() == " 63 61 66 e9 7c 7c 2d 2d 7c")
      #expect(try sandbox.tool.shell("sms run \"$(printf '+1555\\351')\" -- touch ran; ls ran").code == 2)
    }
  }

  @Test("A script without #! runs in the shell, as it does where nobody wraps it")
  func scriptWithoutShebang() throws {
    try withSandbox { sandbox in
      try sandbox.write("-script", "printf '%s,' \"$@\"; exit 4\n")
      for call in ["./-script", "-script", "\"$PWD/-script\""] {
        let run = try sandbox.tool.shell(
          "chmod 700 ./-script; PATH=$PWD:$PATH; sms run --name Job +15550100001 -- \(call) 'a b' -c")
        #expect(run.code == 4 && run.text == "a b,-c,", "\(call): \(run.stderr)")
      }
    }
  }

  @Test("Whatever keeps the text from being sent, the command's exit code counts")
  func notSent() throws {
    try withSandbox { sandbox in
      let variables = [
        ["SMS_CONFIG": "missing.toml"], ["SMS_PROFILE": "nope"],
        ["SMS_BASE_URL": "http://127.0.0.1:1", "SMS_RETRIES": "0"],
        ["SMS_KEY": "wrong"],
      ]
      for variables in variables {
        var tool = sandbox.tool
        tool.variables.merge(variables) { $1 }
        let run = try tool.run("run", "+15550100001", "--", "sh", "-c", "echo out; exit 7")
        #expect(run.code == 7)
        #expect(run.text == "out\n" && run.stderr.contains("sms: "), "\(variables): \(run.stderr)")
      }
    }
  }

  @Test(
    "A command line that is wrong is an error before anything is run",
    arguments: [
      "run +15550100001 touch ran", "run +15550100001 --", "run nobody -- touch ran", "run -- touch ran",
      "run --on maybe +15550100001 -- touch ran", "run 1 2 -- touch ran",
    ])
  func wrong(line: String) throws {
    try withSandbox { sandbox in
      let run = try sandbox.tool.shell("sms \(line)")
      #expect(run.code == 2, "\(run.stderr)")
      #expect(!Files.isWritable("\(sandbox.folder)/ran"))
    }
  }

  @Test("A signal goes to the command, and the text tells of it", arguments: [SIGTERM, SIGINT, SIGHUP, SIGUSR1])
  func signals(signal: Int32) throws {
    try withSandbox { sandbox in
      let script = "trap 'exit 42' TERM INT HUP USR1; echo ready; while :; do sleep 0.01; done"
      let running = try RunningTool(sandbox.tool, ["run", "+15550100001", "--", "sh", "-c", script])
      try wait(for: "the command") { running.output == "ready\n" }
      running.signal(signal)
      #expect(try running.end().code == 42)
      #expect(try sandbox.log().map(\.text).last?.contains("exit code 42") == true)
    }
  }

  @Test("A signal that ends the command makes 128 and its number, and when it comes again the text still goes out")
  func endedBySignal() throws {
    try withSandbox(latency: .milliseconds(300)) { sandbox in
      let running = try RunningTool(
        sandbox.tool, ["run", "+15550100001", "--", "sh", "-c", "echo $$; exec sleep 100"])
      try wait(for: "the command") { running.output.hasSuffix("\n") }
      let command = try #require(Int32(running.output.dropLast()))
      running.signal(SIGTERM)
      try wait(for: "the end of the command") { kill(command, 0) != 0 }
      running.signal(SIGTERM)
      #expect(try running.end().code == 143)
      #expect(try sandbox.log().map(\.text).last?.contains("killed by signal 15 (TERM)") == true)
    }
  }
}
