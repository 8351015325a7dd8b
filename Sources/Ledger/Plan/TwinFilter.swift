/// The hashes of rows seen so far, in memory, to tell whether a new row may equal an earlier one.
///
/// Half of each hash is stored, so about a hundred in a million rows are wrongly taken for twins; they are compared
/// later. The filter grows to at most 32 MB, for about six million rows; beyond that it always says "perhaps".
struct TwinFilter {
  private static let mostSlots = 1 << 23

  /// Open addressing with linear probing; 0 is a free slot.
  private var slots: [UInt32] = Array(repeating: 0, count: 1 << 14)
  private var count = 0

  /// Adds a hash. False: no equal hash was added before. True: perhaps one was.
  mutating func insertFindsTwin(_ hash: Int) -> Bool {
    if count > slots.count / 4 * 3 {
      guard slots.count < Self.mostSlots else { return true }
      grow()
    }
    return !place(UInt32(truncatingIfNeeded: hash >> 32) | 1)
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: 0, count: old.count * 2)
    count = 0
    for value in old where value != 0 { _ = place(value) }
  }

  /// False if the value was already there.
  private mutating func place(_ value: UInt32) -> Bool {
    let mask = slots.count - 1
    // The lowest bit is always 1.
    var slot = Int(value >> 1) & mask
    while slots[slot] != 0 {
      if slots[slot] == value { return false }
      slot = (slot + 1) & mask
    }
    slots[slot] = value
    count += 1
    return true
  }
}
