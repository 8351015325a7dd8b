import Messaging

/// Goes through the rows of a job in order, a page of them in memory at a time.
public struct JobRowCursor {
  private let rows: JobRows
  private let status: MessageStatus?
  private var page: ArraySlice<JobRow> = []
  private var last = 0

  init(_ rows: JobRows, status: MessageStatus?) {
    self.rows = rows
    self.status = status
  }

  /// The next row; nil at the end.
  public mutating func next() throws(LedgerError) -> JobRow? {
    if page.isEmpty {
      page = try rows.page(after: last, status: status)[...]
      last = page.last?.number ?? last
    }
    return page.popFirst()
  }
}

extension JobRows {
  /// All rows in order, or those of one status.
  public func cursor(status: MessageStatus? = nil) -> JobRowCursor {
    JobRowCursor(self, status: status)
  }
}
