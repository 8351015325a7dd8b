import Messaging
import TextFormats

extension Ledger {
  /// Which of these ids belong to messages of that provider that are recorded already.
  public func known(_ ids: Set<String>, of provider: String) throws(LedgerError) -> Set<String> {
    try access { (database) throws(LedgerError) in
      let select = try database.prepare(LogSQL.isKnown)
      var known: Set<String> = []
      for id in ids {
        try select.bind(1, id)
        try select.bind(2, provider)
        try select.read { known.insert(id) }
      }
      return known
    }
  }

  /// Whether anything else may have gone to the number of a row through the job's provider.
  public func hasOtherMessage(
    to number: PhoneNumber, than row: Int, of job: LedgerJob
  ) throws(LedgerError) -> Bool {
    try access { (database) throws(LedgerError) in
      let select = try database.prepare(LogSQL.hasOther)
      try select.bind(1, number.e164)
      try select.bind(2, job.key(row))
      var has = false
      try select.read { has = true }
      return has
    }
  }
}
