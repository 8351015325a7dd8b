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
    switch NumberResemblance(number, to: ownNumber) {
    case .other: return owner.row == nil ? .free : .owned
    case .possible: return .owned
    case .same: return TextResemblance(record.body, to: owner.body ?? "") == .same ? .placed : .owned
    }
  }
}
