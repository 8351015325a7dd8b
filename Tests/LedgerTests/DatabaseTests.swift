import TestSupport
import Testing

@testable import Ledger

@Suite(.ownThread) struct DatabaseTests {
  @Test func errorsSayWhatWasBeingDone() throws {
    let opening = #expect(throws: LedgerError.self) { _ = try Database(path: "/nowhere/at/all/ledger.db") }
    #expect(opening?.action == .open && opening?.code == 14)
    let database = try Database(path: "")
    let preparing = #expect(throws: LedgerError.self) { _ = try database.prepare("SELECT * FROM missing") }
    #expect(preparing?.action == .prepare)
    #expect(preparing?.reason == "no such table: missing")
  }

  @Test func aFullDiskIsAnErrorNotATrap() throws {
    let database = try Database(path: "")
    try database.execute("PRAGMA max_page_count = 8; CREATE TABLE note (text TEXT)")
    let insert = try database.prepare("INSERT INTO note VALUES (:value)")
    let text = String(repeating: "x", count: 100_000)
    let error = #expect(throws: LedgerError.self) {
      try insert.bind(":value", text)
      try insert.run()
    }
    #expect(error?.action == .write && error?.code == 13)
  }

  @Test func aStatementCanBeUsedAfterItFailed() throws {
    let database = try Database(path: "")
    try database.execute("CREATE TABLE note (id INTEGER PRIMARY KEY)")
    let insert = try database.prepare("INSERT INTO note VALUES (:value)")
    try insert.bind(":value", 1)
    try insert.run()
    let error = #expect(throws: LedgerError.self) { try insert.run() }
    #expect(error?.code == 1555)
    try insert.bind(":value", 2)
    try insert.run()
    #expect(database.changes == 1)
  }

  @Test func aParameterThatIsNotThereIsRefused() throws {
    let database = try Database(path: "")
    try database.execute("CREATE TABLE note (id INTEGER PRIMARY KEY)")
    let insert = try database.prepare("INSERT INTO note VALUES (:id)")
    #expect(throws: LedgerError.self) { try insert.bind(":key", 1) }
  }
}
