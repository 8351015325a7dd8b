// How options, operands and commands are written wherever they are explained.

extension OptionSpec {
  /// `-p, --profile NAME`, and room for the short name where there is none.
  var label: String {
    "\(shortName.map { "\($0), " } ?? "    ")\(longLabel)"
  }

  /// `--profile NAME`
  var longLabel: String {
    guard let value else { return longName }
    return "\(longName) \(value.placeholder)"
  }

  /// What it does, and what else is to be known of it.
  var explanation: String { wrappedExplanation.withPlainSpaces }

  /// The same with no-break spaces where a line is not to be broken.
  var wrappedExplanation: String { help.adding(notes) }

  private var notes: [String] {
    [
      isRequired ? "required" : nil,
      isRepeated ? "repeatable" : nil,
      value?.choicesNote,
      `default`.map { "default:\u{A0}\($0)" },
      variable.map { "env:\u{A0}\($0)" },
    ].compactMap { $0 }
  }
}

extension OperandSpec {
  /// `TO`, `[MESSAGE]`, `ID...` or `[ID...]`
  var label: String {
    switch arity {
    case .required: name
    case .optional: "[\(name)]"
    case .repeated(0): "[\(name)...]"
    case .repeated: "\(name)..."
    }
  }

  /// What it is, and what else is to be known of it.
  var explanation: String { help.adding(value.completion.choicesNote.map { [$0] } ?? []) }
}

extension ValueSpec {
  /// The words it may be, unless the placeholder shows them already.
  fileprivate var choicesNote: String? {
    guard case .choices(let words) = completion, !words.allSatisfy(placeholder.contains) else { return nil }
    return completion.choicesNote
  }
}

extension Completion {
  fileprivate var choicesNote: String? {
    guard case .choices(let words) = self else { return nil }
    return "one of: \(words.joined(separator: ", "))"
  }
}

extension String {
  fileprivate func adding(_ notes: [String]) -> String {
    notes.isEmpty ? self : "\(self) (\(notes.joined(separator: "; ")))"
  }
}

extension CommandOutline {
  /// What follows its name on a command line.
  var synopsis: [String] {
    let required = options.visible.filter(\.isRequired).map(\.longLabel)
    return ["[OPTIONS]"] + required + (isGroup ? ["COMMAND"] : operands.map(\.label))
  }
}
