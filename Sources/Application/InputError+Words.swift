import CommandLineKit
import Configuration
import Delivery
import Messaging
import Platform
import TextFormats

extension InputError {
  /// What was wrong and where.
  package var message: String {
    switch place {
    case .argument(let name): "\(name): \(problem.message)"
    case .file(let path): "\(path): \(problem.message)"
    case .standardInput: "standard input: \(problem.message)"
    case .row(let file, let row, let line):
      "\(file)\(row.map { ", row \($0)" } ?? "")\(line.map { " (line \($0))" } ?? ""): \(problem.message)"
    }
  }

  /// What to do about it.
  package var hint: String? { problem.hint }
}

extension InputError.Problem {
  package var message: String {
    switch self {
    case .phoneNumber(let text, let error): "'\(text)' is no phone number: \(error.reason)"
    case .text(let error): error.reason
    case .objection(let objection, let provider): objection.reason(provider: provider)
    case .time(let text): "'\(text)' is no time"
    case .ambiguousTime(let error, let zone):
      "\(error.reason) in \(zone == "local" ? "the local time zone" : "the time zone \(zone)")"
    case .timeInPast(let moment): "\(moment.rfc3339) is in the past"
    case .endsBeforeStart(let moment): "\(moment.rfc3339) is before the first message"
    case .device(let text): "'\(text)' is no device"
    case .sender(let text): "'\(text)' is no sender"
    case .missingFile(let error): error.reason
    case .tooLong(let limit): "the message has more than \(limit) bytes"
    case .inputIsTerminal(let expected): "\(expected) is read from standard input, which is a terminal"
    case .rows(let error): error.words
    case .unknownColumn(let name, _, let known): "no column '\(name)'; there are \(known.joined(separator: ", "))"
    case .missingColumn(_, let names, let known):
      "no column \(names.joined(separator: " or ")); there are \(known.joined(separator: ", "))"
    case .row(let problem, let provider): problem.message(provider: provider)
    case .template(.unclosed(let offset)): "{{ at byte \(offset) has no }}"
    case .template(.columnMissing(let offset)): "{{ at byte \(offset) names no column"
    case .unknownOutputColumn(let error):
      "no column '\(error.name)'; there are \(error.known.joined(separator: ", "))"
    case .tooManySegments(let excess): excess.message
    case .tooManyMessages(let count, let limit): "\(counted(count, "message")) to send, and \(limit) is the most"
    case .listUncounted(let provider): "how many messages a list takes is known to \(provider) alone"
    }
  }

  package var hint: String? {
    switch self {
    case .phoneNumber(_, .countryCodeMissing):
      "start it with + and the country code, or set country_code in the profile"
    case .phoneNumber(_, .ambiguousZero): "leave the (0) out"
    case .time: "write it as 2026-03-01T09:30:00Z, \"2026-03-01 09:30\", @1772353800, now, +2h or -1d"
    case .ambiguousTime: "write it with an offset, as 2026-03-01T09:30:00+01:00"
    case .device: "write it as 1, or as 1:0 for a SIM of it"
    case .inputIsTerminal: "pipe it in, or name a file"
    case .unknownColumn(_, let nearest?, _): "did you mean '\(nearest)'?"
    case .missingColumn(let what, let names, let known): what.hint(names, known)
    case .unknownOutputColumn(let error): nearest(to: error.name, among: error.known).map { "did you mean \($0)?" }
    case .row(let problem, _): problem.hint
    case .objection(.senderMissing, _): "give --from, or set from in the profile"
    case .tooManySegments(let excess): excess.hint
    case .tooManyMessages: "raise --max-messages, or send fewer"
    case .listUncounted: "leave --max-messages out; at a terminal it is asked before a list is sent"
    default: nil
    }
  }
}

extension RowProblem {
  package func message(provider: String) -> String {
    switch self {
    case .missing(let columns): "\(columns.joined(separator: " or ")) is empty"
    case .number(let error, let written): InputError.Problem.phoneNumber(written, error).message
    case .text(let error): error.reason
    case .time(_, let reason): "at: \(reason)"
    case .device(let written): "device: '\(written)' is no device"
    case .sender: "from: it must be one line of text"
    case .nested(let column): "\(column) is an array or object, and not a text"
    case .objection(let objection): objection.reason(provider: provider)
    case .unsupported(let feature): "\(provider) can't do \(feature.optionName)"
    case .tooManySegments(let excess): excess.message
    }
  }

  package var hint: String? {
    switch self {
    case .number(let error, let written): InputError.Problem.phoneNumber(written, error).hint
    case .device(let written): InputError.Problem.device(written).hint
    case .objection(let objection): InputError.Problem.objection(objection, provider: "").hint
    case .tooManySegments(let excess): excess.hint
    default: nil
    }
  }
}

extension SegmentExcess {
  fileprivate var message: String {
    let size = "\(counted(segmentation.segments, "segment")) (\(segmentation.encoding.rawValue))"
    return "the message takes \(size), and --max-segments allows \(limit)"
  }

  fileprivate var hint: String {
    let general = "shorten it, or raise --max-segments"
    guard let cause, (1..<segmentation.segments).contains(cause.segmentsWithout) else { return general }
    let rest = "\(counted(cause.segmentsWithout, "segment")) without \(cause.characters.lines.joined(separator: ", "))"
    return [general, "it takes \(rest)", cause.characters.substitutesHint].compactMap(\.self).joined(separator: "; ")
  }
}

extension PhoneNumberError {
  package var reason: String {
    switch self {
    case .empty: "it has no digits"
    case .countryCodeMissing: "it has no country code"
    case .ambiguousZero: "(0) is dialled only within the country"
    case .wrongLength(let digits): "it has \(counted(digits, "digit")), and 7 to 15 are needed"
    case .leadingZero: "no country code starts with 0"
    case .unexpectedCharacter(let scalar): "it has the character '\(scalar)' in it"
    }
  }
}

extension MessageTextError {
  package var reason: String {
    switch self {
    case .empty: "the message is empty"
    case .blank: "the message is blank"
    case .notUTF8(let offset): "the message is not UTF-8 at byte \(offset)"
    }
  }
}

extension SendObjection {
  /// Where what is objected to was given.
  package var argument: String {
    switch self {
    case .tooLong: "MESSAGE"
    case .senderMissing, .senderInvalid: "--from"
    case .localTimeRepeated: "--at"
    }
  }

  package func reason(provider: String) -> String {
    switch self {
    case .tooLong(let limit, let length):
      "\(provider) takes messages of up to \(limit) characters, and this has \(length)"
    case .senderMissing: "\(provider) needs a sender"
    case .senderInvalid(let sender): "\(provider) doesn't take '\(sender)' as a sender"
    case .localTimeRepeated(let time, let zone):
      "\(provider) reads local times, and clocks in \(zone) show \(time.text()) twice"
    }
  }
}

extension TimeZoneRules.Ambiguity {
  package var reason: String {
    switch self {
    case .skipped: "clocks skip that time"
    case .repeated: "clocks show that time twice"
    }
  }
}

extension InputError.ColumnRole {
  /// How to say which column it is; one that is misspelt may have been meant.
  fileprivate func hint(_ names: [String], _ known: [String]) -> String {
    let separators: [(Character, String)] = [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")]
    if known.count == 1, let other = separators.first(where: { known[0].contains($0.0) }) {
      return "fields have to be separated by commas, not by \(other.1)"
    }
    let meant = names.lazy.compactMap { nearest(to: $0, among: known) }.first
    let option = self == .number ? "--to-column" : "--message-column"
    if let meant { return "did you mean '\(meant)'? \(option) \(meant.shellQuoted) takes it" }
    return self == .number ? "name another with \(option)" : "name another with \(option), or give --message"
  }
}
