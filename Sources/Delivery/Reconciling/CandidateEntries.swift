import Ledger
import Messaging

/// Entries of a history, each with what it is known to be, found by the number they may be to.
struct CandidateEntries {
  /// Whose an entry is.
  enum State {
    /// Nobody's as far as is known.
    case free
    /// Another message has its id, but not its text or number: it may be that one or not.
    case owned
    /// That of another message with its id, number and text.
    case placed
  }

  struct Candidate {
    let entry: HistoryEntry
    /// Whether it went out, has an id, and says the same under it wherever it occurs.
    let isIdentified: Bool
    var state: State
  }

  private var candidates: [Candidate] = []
  private var places: [String: [Int]] = [:]
  /// Those whose number may be any.
  private var unplaced: [Int] = []

  /// An entry that comes more than once, as its status changed meanwhile, counts as it was last.
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

  /// Those with a number that may be this one.
  private func indices(at number: PhoneNumber) -> [Int] { places[HistoryNumber.key(of: number), default: []] }

  /// The place of the first that fits.
  func firstIndex(at number: PhoneNumber, where fits: (Candidate) -> Bool) -> Int? {
    indices(at: number).first { fits(candidates[$0]) }
  }

  /// The same where the number may be any.
  func firstIndex(near number: PhoneNumber, where fits: (Candidate) -> Bool) -> Int? {
    firstIndex(at: number, where: fits) ?? unplaced.first { fits(candidates[$0]) }
  }

  /// Gives an entry to a message; its record.
  mutating func take(_ index: Int) -> MessageRecord {
    candidates[index].state = .placed
    return candidates[index].entry.record
  }

  func count(at number: PhoneNumber, where fits: (Candidate) -> Bool) -> Int {
    indices(at: number).count { fits(candidates[$0]) }
  }

  /// What `body` says about the first that it says something about.
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

  /// Ids are handed out again where a provider was installed anew: then an owner with another number, in another job, is
  /// another message.
  private func state(besides owner: NamedMessage) -> CandidateEntries.State {
    guard let ownNumber = owner.number.flatMap({ try? PhoneNumber(parsing: $0) }) else { return .owned }
    switch NumberResemblance(number, to: ownNumber) {
    case .other: return owner.row == nil ? .free : .owned
    case .possible: return .owned
    case .same: return TextResemblance(record.body, to: owner.body ?? "") == .same ? .placed : .owned
    }
  }
}
