/// Reads the arguments from left to right: follows commands, reads options, collects operands, and keeps the first error.
struct ArgumentReader<Action: Sendable> {
  private typealias Request = Invocation<Action>.Request

  private let root: CommandSpec<Action>
  private let outline: ProgramOutline
  private let count: Int
  private var rest: ArraySlice<String>
  private var command: CommandOutline
  private var path: [String]
  private var parsed = Parsed()
  private var firstError: UsageError?
  private var wantsHelp = false
  private var wantsBriefHelp = false
  private var wantsVersion = false
  /// Set after an unknown command: the words that follow it can't be checked.
  private var isLost = false
  /// The options that are valid here; looked up at the first one other than `--help` and `--version`.
  private var knownOptions: [OptionSpec]?

  init(_ program: Program<Action>, _ arguments: [String]) {
    root = program.root
    outline = program.outline
    count = arguments.count
    rest = arguments[...]
    command = outline.root
    path = [outline.name]
  }

  mutating func read() -> Invocation<Action> {
    while let argument = rest.popFirst() {
      switch ArgumentShape(argument) {
      case .word: readWord(argument)
      case .terminator:
        parsed.operandsBeforeTerminator = parsed.operands.count
        while let word = rest.popFirst() { readWord(word) }
      case .long(let name, let value): readLong(name, value, argument)
      case .bundle(let letters): readBundle(letters, argument)
      }
    }
    let request = path == [outline.name, Builtin.helpName] ? requestForHelp() : request()
    return Invocation(path: path, parsed: parsed, request: request)
  }

  private mutating func record(_ problem: UsageError.Problem) {
    if firstError == nil { firstError = UsageError(problem, at: path) }
  }
}

// MARK: - Words

extension ArgumentReader {
  private mutating func readWord(_ word: String) {
    if !command.isGroup {
      parsed.operands.append(word)
    } else if !isLost {
      enter(word)
    }
  }

  private mutating func enter(_ word: String) {
    guard let subcommand = command.subcommand(word) else {
      record(.unknownCommand(word, suggestion: outline.suggestedCommand(for: word, at: path)))
      isLost = true
      return
    }
    command = subcommand
    knownOptions = nil
    path.append(subcommand.name)
    rest = subcommand.rewrite(Array(rest))[...]
  }
}

// MARK: - Options

extension ArgumentReader {
  private mutating func readLong(_ name: String, _ value: String?, _ argument: String) {
    guard !name.isEmpty else { return record(.unnamedOption(argument)) }
    guard let option = option(where: { $0.name.isSpelled(name) }) else {
      return record(slip("--\(name)") ?? outline.unknownLong(name, of: argument, at: path))
    }
    if option.value != nil {
      readValue(of: option, typed: option.longName, attached: value)
    } else if let value {
      record(.unexpectedValue(option.longName, value: value))
    } else {
      set(option)
    }
  }

  /// A bundle with an unknown letter has no effect: `-hello` doesn't ask for help.
  private mutating func readBundle(_ letters: Substring.UnicodeScalarView, _ argument: String) {
    var letters = letters
    var flags: [OptionSpec] = []
    while let letter = letters.popFirst() {
      guard let option = option(where: { $0.short == letter }) else {
        return record(slip("-\(letter)") ?? outline.unknownShort(letter, of: argument, at: path))
      }
      guard option.value == nil else {
        flags.forEach { set($0, isShort: true) }
        return readValue(of: option, typed: "-\(letter)", attached: letters.isEmpty ? nil : String(letters))
      }
      flags.append(option)
    }
    flags.forEach { set($0, isShort: true) }
  }

  private mutating func option(where isMeant: (OptionSpec) -> Bool) -> OptionSpec? {
    if let builtin = Builtin.options.first(where: isMeant) { return builtin }
    let known = knownOptions ?? command.options + outline.makeGlobals()
    knownOptions = known
    return known.first(where: isMeant)
  }

  private mutating func set(_ flag: OptionSpec, isShort: Bool = false) {
    switch flag.name {
    case Builtin.help.spec.name: if isShort { wantsBriefHelp = true } else { wantsHelp = true }
    case Builtin.version.spec.name: wantsVersion = true
    default: parsed.add(true, to: flag.longName)
    }
  }

  private mutating func readValue(of option: OptionSpec, typed: String, attached: String?) {
    guard let value = option.value else { return }
    guard let text = attached ?? rest.popFirst() else {
      return record(.missingValue(typed, placeholder: value.placeholder))
    }
    read(text, as: value, for: option.longName, typed: typed)
  }

  private mutating func read(_ text: String, as value: ValueSpec, for name: String, typed: String) {
    do {
      parsed.add(try value.parse(text), to: name)
    } catch {
      record(.invalidValue(text, argument: typed, error))
    }
  }
}

// MARK: - After the last argument

extension ArgumentReader {
  private mutating func request() -> Request {
    if let wantedHelp { return wantedHelp }
    if wantsVersion { return .version }
    if command.isGroup, firstError == nil {
      guard count > path.count - 1 else { return .usage }
      record(.missingCommand)
    } else {
      readOperands()
      checkRequiredOptions()
    }
    return firstError.map(Request.failure) ?? action
  }

  /// The request to run the command, or the error if it can't be made from the arguments.
  private var action: Request {
    guard let make = root.descendant(path.dropFirst())?.make else { return .usage }
    do {
      return .run(try make(parsed))
    } catch {
      return .failure(error.path.isEmpty ? UsageError(error.problem, at: path) : error)
    }
  }

  /// For `help contacts add`: the operands are the name of a command, or a single one is a topic. Other errors on
  /// the line, and operands of that command, are ignored.
  private mutating func requestForHelp() -> Request {
    firstError = nil
    command = outline.root
    path = [outline.name]
    if let word = parsed.operands.first, parsed.operands.count == 1, outline.section(on: word) != nil {
      path.append(word)
      return .help
    }
    for word in parsed.operands where !isLost {
      if command.isGroup {
        enter(word)
      } else if command.operands.isEmpty {
        record(.unexpectedOperand(word, isFirst: true))
      }
    }
    // Without a command, the list of commands is the most helpful.
    let usual: Request = parsed.operands.isEmpty ? .briefHelp : .help
    return wantedHelp ?? firstError.map(Request.failure) ?? usual
  }

  /// What `--help` (everything) or `-h` (the essentials) asks for; nil if neither was given.
  private var wantedHelp: Request? { wantsHelp ? .help : wantsBriefHelp ? .briefHelp : nil }

  private mutating func readOperands() {
    var left = parsed.operands[...]
    for operand in command.operands {
      let share = left.prefix(operand.arity.upperBound)
      left = left.dropFirst(share.count)
      if share.count < operand.arity.lowerBound { record(.missingOperand(operand.name)) }
      for word in share {
        read(word, as: operand.value, for: operand.name, typed: operand.name)
      }
    }
    if let first = left.first { record(unexpected(first)) }
  }

  private func unexpected(_ word: String) -> UsageError.Problem {
    if parsed.operandsBeforeTerminator != nil, word.utf8.first == UInt8(ascii: "-"), word != "-" {
      return .other("unexpected argument \(word.quoted)", hint: UsageError.afterTerminator)
    }
    if let hint = command.commonMistakes.first(where: { $0.typed == nil })?.hint {
      return .other("unexpected argument \(word.quoted)", hint: hint)
    }
    return .unexpectedOperand(word, isFirst: command.operands.isEmpty)
  }

  /// The problem with an option that belongs to another tool.
  private func slip(_ name: String) -> UsageError.Problem? {
    command.commonMistakes.first { $0.typed?.isSpelled(name) ?? false }.map {
      .unknownOption(name, suggestion: .form($0.hint))
    }
  }

  private mutating func checkRequiredOptions() {
    for option in command.options where option.isRequired && !parsed.has(option.longName) {
      record(.missingOption(option.longName))
    }
  }
}

/// The kind of an argument, determined by its bytes: to Swift, `=` and a combining mark are one `Character`.
enum ArgumentShape {
  /// A command or an operand; includes `-`.
  case word
  /// `--`: all arguments after it are words.
  case terminator
  /// `--name` or `--name=value`.
  case long(name: String, value: String?)
  /// `-qv`, without the dash.
  case bundle(Substring.UnicodeScalarView)

  init(_ argument: String) {
    let (bytes, dash) = (argument.utf8, UInt8(ascii: "-"))
    guard bytes.first == dash, bytes.count > 1 else {
      self = .word
      return
    }
    guard bytes.dropFirst().first == dash else {
      self = .bundle(argument.unicodeScalars.dropFirst())
      return
    }
    let parts = bytes.dropFirst(2).split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
    let (name, value) = (parts[0], parts.dropFirst().first)
    self =
      bytes.count == 2
      ? .terminator : .long(name: String(Substring(name)), value: value.map { String(Substring($0)) })
  }
}

extension String {
  /// Whether both have the same bytes; `==` also holds for canonically equivalent texts.
  func isSpelled(_ other: some StringProtocol) -> Bool {
    utf8.elementsEqual(other.utf8)
  }
}
