/// The key of a message: its job and its row.
struct MessageKey {
  private static let rowBits = 32

  var rawValue: Int

  init(job: Int, row: Int) {
    rawValue = job << Self.rowBits | row
  }

  init(rawValue: Int) {
    self.rawValue = rawValue
  }

  var job: Int { rawValue >> Self.rowBits }
  var row: Int { rawValue & (1 << Self.rowBits - 1) }
}
