import Messaging

/// How a list differs from that of a job begun earlier.
public struct JobDifference: Hashable, Sendable {
  /// The job's name.
  public var job: String
  /// Rows of the list whose number and text no row of the job has.
  public var new: [Int] = []
  /// Rows of the list that share the number or the text with the job's row, but not both.
  public var changed: [Int] = []
  /// Rows of the job that are no longer in the list.
  public var gone: [Int] = []
  public var hasOtherProfile = false
  public var hasOtherOptions = false

  package init(job: String) {
    self.job = job
  }

  public var hasOtherRows: Bool { !new.isEmpty || !changed.isEmpty || !gone.isEmpty }
}

extension Ledger {
  /// Compares the rows that a plan would send with those of a job.
  func difference(
    of job: JobEntry, _ request: JobRequest, _ plan: JobPlan
  ) throws(LedgerError) -> JobDifference {
    var difference = JobDifference(job: job.name)
    difference.hasOtherProfile = job.profile != request.profile
    difference.hasOtherOptions = job.options != plan.options
    try plan.copyRows()
    try attached(to: plan, inTransaction: false) { (database) throws(LedgerError) in
      let added = try database.numbers(DifferenceSQL.new, [":job": job.id])
      let removed = try database.numbers(DifferenceSQL.gone, [":job": job.id])
      let changed = Set(added).intersection(removed)
      difference.changed = added.filter(changed.contains)
      difference.new = added.filter { !changed.contains($0) }
      difference.gone = removed.filter { !changed.contains($0) }
    }
    return difference
  }
}

/// The SQL that compares a plan with a job. It sorts each side once, however many rows there are.
private enum DifferenceSQL {
  private static let content = "recipient, body, coalesce(sender, ''), coalesce(devices, '')"
  private static let planned = "SELECT \(content) FROM plan WHERE error_message IS NULL"
  private static let kept = """
    SELECT \(content) FROM message WHERE key >= :job << 32 AND key < :job + 1 << 32 AND status <> 'skipped'
    """

  static let new = """
    SELECT row FROM plan WHERE error_message IS NULL AND (\(content)) NOT IN (\(kept)) ORDER BY row
    """

  static let gone = """
    SELECT key & 0xFFFFFFFF FROM message
    WHERE key >= :job << 32 AND key < :job + 1 << 32 AND status <> 'skipped' AND (\(content)) NOT IN (\(planned))
    ORDER BY key
    """
}
