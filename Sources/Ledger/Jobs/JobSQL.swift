import Messaging

/// The SQL of jobs and their messages.
enum JobSQL {
  static let insert = DigestedTable.job.inserting([
    ("id", ":id"), ("command", ":command"), ("name", ":name"), ("is_named", ":is_named"), ("account", ":account"),
    ("provider", ":provider"), ("profile", ":profile"), ("file", ":file"), ("parts", ":parts"), ("input", ":input"),
    ("options", ":options"), ("created_at", ":now"), ("is_abandoned", "0"), ("planned", "0"), ("sending", "0"),
    ("accepted", "0"), ("failed", "0"), ("unknown", "0"), ("skipped", "0"),
  ])

  private static let columns = """
    id, name, account, (SELECT base_url FROM account WHERE account.id = job.account) AS base_url, provider, profile,
    file, parts, input, options, created_at, finished_at, is_abandoned, planned, sending, accepted, failed, unknown, skipped,
    \(DigestedTable.job.isWhole()) AS is_whole
    """

  static let withName = "SELECT \(columns) FROM job WHERE name = :name"

  static let withID = "SELECT \(columns) FROM job WHERE id = :id"

  /// The newest job without a name from the user that is unfinished or has messages of unknown outcome. A job of
  /// version 1 may be of any account.
  static let openWithInput = """
    SELECT \(columns) FROM job
    WHERE input = :input AND coalesce(account = :account, account IS NULL) AND NOT is_named
      AND (finished_at IS NULL OR unknown > 0) AND NOT is_abandoned
    ORDER BY id DESC LIMIT 1
    """

  /// The job that finished last, at `:since` or later.
  static let finishedWithInput = """
    SELECT \(columns) FROM job
    WHERE input = :input AND account = :account AND finished_at >= :since AND NOT is_abandoned
    ORDER BY finished_at DESC LIMIT 1
    """

  /// The jobs that a new job for the same input replaces: those that never sent anything to the same address, as with a
  /// wrong key, and, for a job that starts over, those of its account.
  static let replacedByNew = """
    SELECT job.id AS id, name, input FROM job LEFT JOIN account ON account.id = job.account
    WHERE input = :input AND NOT is_named AND (finished_at IS NULL OR unknown > 0) AND NOT is_abandoned
      AND (:begins_anew AND coalesce(job.account = :account, job.account IS NULL)
        OR accepted + failed + unknown + sending = 0 AND account.provider = :provider AND base_url = :base_url)
    """

  static let move = "\(DigestedTable.job.updating([("account", ":account")])) WHERE id = :job"

  static let close = """
    \(DigestedTable.job.updating([("is_abandoned", "1"), ("finished_at", "coalesce(finished_at, :now)")]))
    WHERE id = :job AND NOT is_abandoned
    """

  /// The jobs of `bulk`, newest first.
  static let all = """
    SELECT \(columns) FROM job
    WHERE name IS NOT NULL AND id < :before AND (:name IS NULL OR name = :name)
      AND (:since IS NULL OR created_at >= :since) AND (:until IS NULL OR created_at <= :until)
      AND (:profile IS NULL OR profile = :profile)
    ORDER BY id DESC LIMIT 256
    """

  /// Adds to the counts. A job without an input can't be resumed, so its planned rows count as `sending`: the index
  /// `job_sending` then finds it if its process dies.
  static let count = """
    \(DigestedTable.job.updating([
      ("planned", "planned + iif(input IS NULL, 0, :planned)"),
      ("sending", "sending + iif(input IS NULL, :planned, 0) + :sending"), ("accepted", "accepted + :accepted"),
      ("failed", "failed + :failed"), ("unknown", "unknown + :unknown"), ("skipped", "skipped + :skipped"),
    ]))
    WHERE id = :job
    """

  /// The number of rows for each count.
  static let rowCounts = """
    SELECT count(*) FILTER (WHERE status = 'planned') AS planned, count(*) FILTER (WHERE status = 'sending') AS sending,
      count(*) FILTER (WHERE status IN (\(accepted))) AS accepted,
      count(*) FILTER (WHERE status IN ('failed', 'canceled')) AS failed,
      count(*) FILTER (WHERE status = 'unknown') AS unknown, count(*) FILTER (WHERE status = 'skipped') AS skipped,
      count(*) AS rows
    FROM message WHERE \(isOfJob)
    """

  static let notedCounts = """
    SELECT planned, sending, accepted, failed, unknown, skipped,
      planned + sending + accepted + failed + unknown + skipped AS rows, input IS NULL AS is_final
    FROM job WHERE id = :job
    """

  static let setCounts = """
    \(DigestedTable.job.updating([
      ("planned", ":planned"), ("sending", ":sending"), ("accepted", ":accepted"), ("failed", ":failed"),
      ("unknown", ":unknown"), ("skipped", ":skipped"),
    ]))
    WHERE id = :job
    """

  /// The statuses of messages that the provider accepted, regardless of what happened afterward.
  private static let accepted = list(
    of: MessageStatus.allCases.filter { ![.planned, .sending, .failed, .canceled, .unknown, .skipped].contains($0) })

  private static func list(of statuses: [MessageStatus]) -> String {
    statuses.map { "'\($0.rawValue)'" }.joined(separator: ", ")
  }

  /// Jobs that can be resumed and are not finished.
  static let unfinished = "SELECT id FROM job WHERE input IS NOT NULL AND finished_at IS NULL"

  static let unfinishedCounts = """
    SELECT coalesce(name, (SELECT key FROM send_key WHERE job = job.id)) AS name, planned + sending AS pending
    FROM job WHERE input IS NOT NULL AND finished_at IS NULL ORDER BY id DESC
    """

  /// Takes effect once each row has an outcome.
  static let finish = """
    \(DigestedTable.job.updating([("finished_at", ":now")]))
    WHERE id = :job AND finished_at IS NULL AND planned = 0 AND sending = 0
    """

  static let reopen = "\(DigestedTable.job.updating([("finished_at", "NULL")])) WHERE id = :job"

  static let sending = "SELECT id FROM job WHERE sending > 0"

  /// Jobs finished before a time, except those with a key and, without `:unknown_too`, those with messages of unknown
  /// outcome. Unfinished jobs are never included.
  static let finishedBefore = """
    SELECT id FROM job
    WHERE finished_at < :time AND (unknown = 0 OR :unknown_too) AND (:job IS NULL OR id = :job)
      AND id NOT IN (SELECT job FROM send_key)
    """

  static let delete = DigestedTable.job.deleting(where: "id = :job")
}

// MARK: - Messages

extension JobSQL {
  static let isOfJob = "key >= :job << 32 AND key < :job + 1 << 32"

  /// Inserts a row of a plan.
  static let keepPlanned = DigestedTable.message.inserting([
    ("key", "?1"), ("recipient", "?2"), ("body", "?3"), ("sender", "?4"), ("scheduled_at", "?5"), ("devices", "?6"),
    ("status", "?7"), ("error_code", "?8"), ("error_message", "?9"),
  ])

  /// Inserts a message from outside a plan.
  static let insertMessage = DigestedTable.message.inserting(
    [("key", ":key"), ("left_at", ":left_at")] + [MessageColumn].all.parameters)

  /// Writes the outcome of a message, or its entire record, depending on the columns.
  static func settle(_ columns: [MessageColumn]) -> String {
    "\(DigestedTable.message.updating(columns.parameters)) WHERE key = :key AND status IN ('sending', 'unknown')"
  }

  /// Claims the planned rows from one key to another.
  static let claim = """
    \(DigestedTable.message.updating([("status", "'sending'"), ("left_at", ":now")]))
    WHERE key BETWEEN :first AND :last AND status = 'planned'
    """

  private static let planAgain: [DigestedTable.Value] = [("status", "'planned'"), ("left_at", "NULL")]

  static let release = "\(DigestedTable.message.updating(planAgain)) WHERE key = :key AND status = 'sending'"

  static let drop = "DELETE FROM message WHERE key = :key AND status = 'sending'"

  /// Marks messages left `sending` by a dead process as unknown.
  static let abandon = """
    \(doubting("the run ended before an answer came")) WHERE \(isOfJob) AND status = 'sending'
    """

  /// Deletes what certainly was not sent, and never will be.
  static let forgetPlanned = """
    DELETE FROM message
    WHERE \(isOfJob) AND status = 'planned' AND (SELECT input FROM job WHERE id = :job) IS NULL
    """

  /// Marks pending messages as unknown, as they may have been sent.
  static let doubt = """
    \(doubting("may have been sent before the ledger was damaged"))
    WHERE \(isOfJob) AND status IN ('planned', 'sending')
    """

  private static func doubting(_ reason: String) -> String {
    DigestedTable.message.updating([("status", "'unknown'"), ("error_message", "'\(reason)'")])
  }

  /// Plans unknown messages again.
  static let replan = """
    \(DigestedTable.message.updating(planAgain + [("error_code", "NULL"), ("error_message", "NULL")]))
    WHERE \(isOfJob) AND status = 'unknown'
    """

  /// Plans failed messages again, without any trace of their outcome; but not damaged ones.
  static let replanFailed = """
    \(DigestedTable.message.updating(planAgain + [MessageColumn].outcome.cleared))
    WHERE \(isOfJob) AND status = 'failed' AND error_code IS NOT '\(RepairSQL.damaged)'
    """

  static let replanOne = """
    \(DigestedTable.message.updating(planAgain + [("error_code", "NULL"), ("error_message", "NULL")]))
    WHERE key = :key AND status = 'unknown'
    """

  /// A page of a job's rows with a given status.
  static let rows = """
    SELECT key & 0xFFFFFFFF AS row, \(JobRowReader.columns), left_at, provider_id,
      \(DigestedTable.message.isWhole()) AS is_whole
    FROM message WHERE key > :after AND key < :end AND status = :status ORDER BY key LIMIT :limit
    """

  static let deleteMessages = "DELETE FROM message WHERE \(isOfJob)"
}
