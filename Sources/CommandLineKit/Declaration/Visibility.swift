// What help, completions, reference and suggestions show: all that is not hidden.

extension [OptionSpec] {
  var visible: [OptionSpec] { filter { !$0.isHidden } }
}

extension CommandOutline {
  var visibleSubcommands: [CommandOutline] { subcommands.filter { !$0.isHidden } }
}

extension ProgramOutline {
  /// Every command that is not hidden, the program itself first, each before its subcommands.
  var visibleCommands: [(path: [String], command: CommandOutline)] {
    func below(_ path: [String], _ command: CommandOutline) -> [(path: [String], command: CommandOutline)] {
      [(path, command)] + command.visibleSubcommands.flatMap { below(path + [$0.name], $0) }
    }
    return below([name], root)
  }
}
