import Messaging

/// The SQL of jobs and their messages.
enum JobSQL {
  static let insert = """
    INSERT INTO job (command, name, is_named, account, provider, profile, file, parts, input, options, created_at)
    VALUES (:command, :name, :is_named, :account, :provider, :profile, :file, :parts, :input, :options, :now)
    """

  private static let columns = """
    id, name, account, (SELECT base_url FROM account WHERE account.id = job.account) AS base_url, provider, profile,
    file, parts, input, options, created_at, finished_at, is_abandoned, planned, sending, accepted, failed, unknown, skipped
    """

  static let withName = "SELECT \(columns) FROM job WHERE name = :name"

  static let withID = "SELECT \(columns) FROM job WHERE id = :id"

  /// The newest without a name of its own that is unfinished, or has messages of unknown outcome. One of version 1 may
  /// be of any account.
  static let openWithInput = """
    SELECT \(columns) FROM job
    WHERE input = :input AND coalesce(account = :account, account IS NULL) AND NOT is_named
      AND (finished_at IS NULL OR unknown > 0) AND NOT is_abandoned
    ORDER BY id DESC LIMIT 1
    """

  /// The one that was finished last, no earlier than at a time.
  static let finishedWithInput = """
    SELECT \(columns) FROM job
    WHERE input = :input AND account = :account AND finished_at >= :since AND NOT is_abandoned
    ORDER BY finished_at DESC LIMIT 1
    """

  /// What never sent anything to the same address with other credentials, such as a wrong key: a new job for the same
  /// input takes its place. So does one that begins anew of what is in its way.
  static let replacedByNew = """
    SELECT job.id AS id, name FROM job LEFT JOIN account ON account.id = job.account
    WHERE input = :input AND NOT is_named AND (finished_at IS NULL OR unknown > 0) AND NOT is_abandoned
      AND (:begins_anew AND coalesce(job.account = :account, job.account IS NULL)
        OR accepted + failed + unknown + sending = 0 AND account.provider = :provider AND base_url = :base_url)
    """

  static let move = "UPDATE job SET account = :account WHERE id = :job"

  static let close = """
    UPDATE job SET is_abandoned = 1, finished_at = coalesce(finished_at, :now)
    WHERE id = :job AND NOT is_abandoned
    """

  /// Those of `bulk`, the newest first.
  static let all = """
    SELECT \(columns) FROM job
    WHERE name IS NOT NULL AND id < :before AND (:name IS NULL OR name = :name)
      AND (:since IS NULL OR created_at >= :since) AND (:until IS NULL OR created_at <= :until)
      AND (:profile IS NULL OR profile = :profile)
    ORDER BY id DESC LIMIT 256
    """

  /// Adds to the counts. A job without an input can't be gone on with: its waiting rows count as `sending`, so that the
  /// index `job_sending` finds it when its process dies.
  static let count = """
    UPDATE job SET planned = planned + iif(input IS NULL, 0, :planned),
      sending = sending + iif(input IS NULL, :planned, 0) + :sending, accepted = accepted + :accepted,
      failed = failed + :failed, unknown = unknown + :unknown, skipped = skipped + :skipped
    WHERE id = :job
    """

  static let recount = """
    UPDATE job SET (planned, sending, accepted, failed, unknown, skipped) = (
      SELECT count(*) FILTER (WHERE status = 'planned'), count(*) FILTER (WHERE status = 'sending'),
        count(*) FILTER (WHERE status IN (\(accepted))),
        count(*) FILTER (WHERE status IN ('failed', 'canceled')), count(*) FILTER (WHERE status = 'unknown'),
        count(*) FILTER (WHERE status = 'skipped')
      FROM message WHERE \(isOfJob))
    WHERE id = :job
    """

  /// The rows of a job with a status that nobody writes, and how many more there are than the job has counted.
  static let strangers = """
    SELECT count(*) FILTER (WHERE status NOT IN (\(known))), count(*)
      - (SELECT planned + sending + accepted + failed + unknown + skipped FROM job WHERE id = :job)
    FROM message WHERE \(isOfJob)
    """

  /// Jobs that have counted more rows than there are, or fewer.
  static let miscounted = """
    SELECT id FROM job WHERE planned + sending + accepted + failed + unknown + skipped
      <> (SELECT count(*) FROM message WHERE key >= job.id << 32 AND key < job.id + 1 << 32)
    """

  /// The same rows become unknown.
  static let doubtStrangers = """
    UPDATE message SET status = 'unknown', error_message = 'its status was damaged' WHERE status NOT IN (\(known))
    """

  static let countStrangers = "SELECT count(*) FROM message WHERE status NOT IN (\(known))"

  /// What may be sent, or asked about, of a job.
  static let toBeTrusted = """
    SELECT key & 0xFFFFFFFF AS row, key, \(JobRowReader.columns)
    FROM message WHERE \(isOfJob) AND status IN ('planned', 'sending', 'unknown')
    """

  static let optionsOfAll = "SELECT id, name, options FROM job WHERE name IS NOT NULL"

  /// What surely isn't to be sent as it is.
  static let fail = """
    UPDATE message SET status = 'failed', error_code = 'damaged', error_message = 'its number or text was damaged'
    WHERE key = :key
    """

  private static let known = list(of: MessageStatus.allCases)
  /// The provider took it, whatever came of it then.
  private static let accepted = list(
    of: MessageStatus.allCases.filter { ![.planned, .sending, .failed, .canceled, .unknown, .skipped].contains($0) })

  private static func list(of statuses: [MessageStatus]) -> String {
    statuses.map { "'\($0.rawValue)'" }.joined(separator: ", ")
  }

  /// Jobs that can be gone on with and are not over.
  static let unfinished = "SELECT id FROM job WHERE input IS NOT NULL AND finished_at IS NULL"

  static let allNumbers = "SELECT id FROM job"

  static let unfinishedCounts = """
    SELECT coalesce(name, (SELECT key FROM send_key WHERE job = job.id)) AS name, planned + sending AS pending
    FROM job WHERE input IS NOT NULL AND finished_at IS NULL ORDER BY id DESC
    """

  /// Once each row has an outcome.
  static let finish = """
    UPDATE job SET finished_at = :now WHERE id = :job AND finished_at IS NULL AND planned = 0 AND sending = 0
    """

  static let reopen = "UPDATE job SET finished_at = NULL WHERE id = :job"

  static let sending = "SELECT id FROM job WHERE sending > 0"

  /// Finished before a time. What is unfinished stays, whatever its age, and what has messages of unknown outcome unless
  /// these are to go as well; so does what has a key.
  static let finishedBefore = """
    SELECT id FROM job
    WHERE finished_at < :time AND (unknown = 0 OR :unknown_too) AND (:job IS NULL OR id = :job)
      AND id NOT IN (SELECT job FROM send_key)
    """

  static let delete = "DELETE FROM job WHERE id = :job"
}

// MARK: - Messages

extension JobSQL {
  private static let isOfJob = "key >= :job << 32 AND key < :job + 1 << 32"

  /// Takes over a plan, which the same connection holds.
  static let keepPlan = """
    INSERT INTO message (
      key, recipient, body, sender, scheduled_at, devices, status, error_code, error_message, digest)
    SELECT :job << 32 | row, recipient, body, sender, scheduled_at, devices, status, error_code, error_message, digest
    FROM plan ORDER BY row
    """

  /// A message that was in no plan.
  static let insertMessage = """
    INSERT INTO message (key, left_at, \([MessageColumn].all.names))
    VALUES (:key, :left_at, \([MessageColumn].all.parameters))
    """

  /// Writes what became of a message, or all that its record says.
  static func settle(_ columns: [MessageColumn]) -> String {
    "UPDATE message SET \(columns.assignments) WHERE key = :key AND status IN ('sending', 'unknown')"
  }

  /// The planned rows from one key to another.
  static let claim = """
    UPDATE message SET status = 'sending', left_at = :now
    WHERE key BETWEEN :first AND :last AND status = 'planned'
    """

  static let release = "UPDATE message SET status = 'planned', left_at = NULL WHERE key = :key AND status = 'sending'"

  static let drop = "DELETE FROM message WHERE key = :key AND status = 'sending'"

  /// `sending` of a process that died.
  static let abandon = """
    UPDATE message SET status = 'unknown', error_message = 'the run ended before an answer came'
    WHERE \(isOfJob) AND status = 'sending'
    """

  /// What surely did not leave, and never will.
  static let forgetPlanned = """
    DELETE FROM message
    WHERE \(isOfJob) AND status = 'planned' AND (SELECT input FROM job WHERE id = :job) IS NULL
    """

  /// What waits may have been sent, as far as can be told.
  static let doubt = """
    UPDATE message SET status = 'unknown', error_message = 'may have been sent before the ledger was damaged'
    WHERE \(isOfJob) AND status IN ('planned', 'sending')
    """

  /// Unknown ones are to be sent again.
  static let replan = """
    UPDATE message SET status = 'planned', left_at = NULL, error_code = NULL, error_message = NULL
    WHERE \(isOfJob) AND status = 'unknown'
    """

  /// Failed ones are to be sent again, with nothing left of what became of them.
  static let replanFailed = """
    UPDATE message SET \([MessageColumn].outcome.clearing),
      left_at = NULL, status = 'planned'
    WHERE \(isOfJob) AND status = 'failed'
    """

  static let replanOne = """
    UPDATE message SET status = 'planned', left_at = NULL, error_code = NULL, error_message = NULL
    WHERE key = :key AND status = 'unknown'
    """

  /// A page of a job's rows with a status.
  static let rows = """
    SELECT key & 0xFFFFFFFF AS row, \(JobRowReader.columns), left_at, provider_id
    FROM message WHERE key > :after AND key < :end AND status = :status ORDER BY key LIMIT :limit
    """

  static let deleteMessages = "DELETE FROM message WHERE \(isOfJob)"
}
