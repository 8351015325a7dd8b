import CommandLineKit
import Platform
import Testing

/// Runs a real shell with the example's completion script, and asks it what it would offer.
struct ShellDriver {
  let shell: Shell
  /// Holds the completion script as `script`, and the program.
  let folder: String

  /// What is offered for the last of these words, unquoted.
  func candidates(for words: [String]) throws -> [String] {
    let offered =
      switch shell {
      case .bash: try bash(line: "", words: ["post"] + words, each: #"eval "printf '%s\n' $reply""#)
      case .zsh: try run(["zsh", "-f", "-c", Self.zsh, "zsh", "post"] + words)
      case .fish: try run(["fish", "--no-config", "-c", Self.fish, "post " + words.joined(separator: " ")])
      }
    // Some put `--name=` before each value, some insert the value alone.
    return offered.map {
      $0.hasPrefix("--") && $0.contains("=") ? String($0.drop { $0 != "=" }.dropFirst()) : $0
    }
  }

  /// What bash would put into the line, quotes and all, when it has split the line into these words.
  func bashReplies(line: String, words: [String]) throws -> [String] {
    try bash(line: line, words: words, each: #"printf '%s\n' "$reply""#)
  }

  private func bash(line: String, words: [String], each: String) throws -> [String] {
    let script = """
      source "$FOLDER/script"
      COMP_LINE=$1
      shift
      COMP_WORDS=("$@") COMP_CWORD=$(( $# - 1 ))
      _post
      for reply in ${COMPREPLY[@]+"${COMPREPLY[@]}"}; do \(each); done
      """
    return try run(["bash", "--norc", "--noprofile", "-c", script, "bash", line] + words)
  }

  /// The commands of zsh's completion system want a terminal; here they only tell what they were given.
  private static let zsh = #"""
    offer() { for entry in "$@"; do [[ $entry == "$PREFIX"* ]] && print -r -- $entry; done }
    compdef() { }
    compset() { PREFIX=${PREFIX#*=} }
    compadd() { offer "${(@P)2}" }
    _describe() {
      for entry in "${(@P)${@[-1]}}"; do
        entry=${entry//\\:/$'\1'}
        offer ${${entry%%:*}//$'\1'/:}
      done
    }
    _call_program() { shift; eval "$@" }
    source "$FOLDER/script"
    words=("$@") CURRENT=$# PREFIX=${@[-1]}
    _post
    true
    """#

  private static let fish = #"""
    source "$FOLDER/script"
    complete -C $argv[1] | string replace -r '\t.*' ''
    """#

  private func run(_ arguments: [String]) throws -> [String] {
    let path = "\(folder):/usr/bin:/bin:/usr/local/bin:/opt/homebrew/bin"
    let output = try Subprocess.run(
      arguments, environment: ["FOLDER": folder, "PATH": path, "HOME": folder, "LC_ALL": "C.UTF-8"],
      timeout: .seconds(60))
    #expect(String(decoding: output.stderr, as: UTF8.self) == "")
    return output.stdout.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }
}
