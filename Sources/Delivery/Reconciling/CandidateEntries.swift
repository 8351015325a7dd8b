import Ledger
import Messaging

/// Entries of a history, looked up by the number they may be addressed to, each with what is known of its owner.
struct CandidateEntries {
  /// What is known of an entry's owner.
  enum State {
    /// No known message owns it.
    case free
    /// Another message has its id, but not its text or number: they may be the same message or not.
    case owned
    /// It belongs to another message, with the same id, number and text.
    case placed
  }

  struct Candidate {
    let entry: HistoryEntry
    /// Whether it is outgoing, has an id, and is the same wherever that id occurs.
    let isIdentified: Bool
    var state: State
  }

  private var candidates: [Candidate] = []
  private var places: [String: [Int]] = [:]
  /// Entries that may be to any number.
  private var unplaced: [Int] = []

  /// Of an entry that occurs more than once, because its status changed in the meantime, the last occurrence counts.
  init(_ history: History, owners: [NamedMessage]) {
    let entries = history.entries
    let versions = Dictionary(grouping: entries.indices.filter { entries[$0].record.id != nil }) {
      entries[$0].record.id ?? ""
    }
    let owners = Dictionary(grouping: owners, by: \.id)
    for (index, entry) in entries.enumerated() {
      let same = entry.record.id.flatMap { versions[$0] } ?? []
      let contradicts = same.contains { !entries[$0].isSameMessage(as: entry) }
      if !contradicts, let last = same.last, last != index { continue }
      let isShared = entry.record.id.map(history.otherIDs.contains) ?? false
      let isIdentified = !same.isEmpty && !contradicts && !isShared && entry.record.direction == .out
      let state = entry.state(among: entry.record.id.flatMap { owners[$0] } ?? [])
      add(Candidate(entry: entry, isIdentified: isIdentified, state: state))
    }
  }

  private mutating func add(_ candidate: Candidate) {
    if let key = HistoryNumber(candidate.entry.number).key {
      places[key, default: []].append(candidates.count)
    } else {
      unplaced.append(candidates.count)
    }
    candidates.append(candidate)
  }

  /// Entries that may be to this number.
  private func indices(at number: PhoneNumber) -> [Int] { places[HistoryNumber.key(of: number), default: []] }

  /// The index of the first entry that fits.
  func firstIndex(at number: PhoneNumber, where fits: (Candidate) -> Bool) -> Int? {
    indices(at: number).first { fits(candidates[$0]) }
  }

  /// The index of the first entry that fits, including those that may be to any number.
  func firstIndex(near number: PhoneNumber, where fits: (Candidate) -> Bool) -> Int? {
    firstIndex(at: number, where: fits) ?? unplaced.first { fits(candidates[$0]) }
  }

  /// Assigns an entry to a message, and returns its record.
  mutating func take(_ index: Int) -> MessageRecord {
    candidates[index].state = .placed
    return candidates[index].entry.record
  }

  func count(at number: PhoneNumber, where fits: (Candidate) -> Bool) -> Int {
    indices(at: number).count { fits(candidates[$0]) }
  }

  /// The first result of `body` that is not nil.
  func first<Value>(near number: PhoneNumber, _ body: (Candidate) -> Value?) -> Value? {
    for indices in [indices(at: number), unplaced] {
      for index in indices {
        if let value = body(candidates[index]) { return value }
      }
    }
    return nil
  }
}

extension HistoryEntry {
  fileprivate func isSameMessage(as other: HistoryEntry) -> Bool {
    number == other.number && record.body == other.record.body
  }

  fileprivate func state(among owners: [NamedMessage]) -> CandidateEntries.State {
    let states = owners.map(state(besides:))
    return states.first { $0 == .placed } ?? states.first { $0 == .owned } ?? .free
  }

  /// A reinstalled provider assigns ids again, so an owner with another number, in another job, is another message.
  private func state(besides owner: NamedMessage) -> CandidateEntries.State {
    guard let ownNumber = owner.number.flatMap({ try? PhoneNumber(parsing: $0) }) else { return .owned }
    switch NumberMatch(number, to: ownNumber) {
    case .other: return owner.row == nil ? .free : .owned
    case .possible: return .owned
    case .same: return TextMatch(record.body, to: owner.body ?? "") == .same ? .placed : .owned
    }
  }
}

/// How a number in a provider's history compares to one of ours.
enum NumberMatch {
  case same
  /// It is written in a way that could be either.
  case possible
  case other

  /// `text` is the number as the provider writes it; nil for none.
  init(_ text: String?, to number: PhoneNumber) {
    let ours = number.digits
    guard let digits = HistoryNumber(text).digits else {
      self = .possible
      return
    }
    if digits == ours {
      self = .same
    } else {
      self = digits.isNationalForm(of: ours) || ours.isNationalForm(of: digits) ? .possible : .other
    }
  }
}

/// A number as a provider's history writes it.
struct HistoryNumber {
  /// The fewest digits of a number.
  private static let shortest = 7
  /// The number of trailing digits that all forms of a number share.
  private static let keyLength = 6
  private static let punctuation: Set<Character> = ["+", " ", "\u{A0}", "-", "(", ")"]

  /// Digits without the international prefix; nil for anything but a complete number, such as a masked one.
  let digits: String?

  init(_ text: String?) {
    let text = text ?? ""
    let digits = text.filter(\.isASCIIDigit)
    let number = digits.hasPrefix("00") ? String(digits.dropFirst(2)) : digits
    let isReadable = text.allSatisfy { $0.isASCIIDigit || Self.punctuation.contains($0) }
    self.digits = isReadable && number.count >= Self.shortest ? number : nil
  }

  /// Equal for numbers that may be the same; nil if it may be any number.
  var key: String? { digits.map { String($0.suffix(Self.keyLength)) } }

  static func key(of number: PhoneNumber) -> String { String(number.digits.suffix(keyLength)) }
}

extension String {
  /// Whether these digits may be `whole` without its country code, or with a 0 in its place.
  fileprivate func isNationalForm(of whole: String) -> Bool {
    let significant = drop { $0 == "0" }
    return significant.count < whole.count && whole.hasSuffix(significant)
  }
}

/// How a text in a provider's history compares to one of ours.
enum TextMatch {
  /// The same bytes.
  case same
  /// The same except for white space, line endings and the composition of characters.
  case similar
  case other
  /// The history has no text.
  case absent

  init(_ text: String?, to ours: String) {
    guard let text, !text.isEmpty else {
      self = .absent
      return
    }
    if text.utf8.elementsEqual(ours.utf8) {
      self = .same
    } else {
      self = text.filter { !$0.isWhitespace } == ours.filter { !$0.isWhitespace } ? .similar : .other
    }
  }
}
