import Testing
import TextFormats

@testable import Ledger

@Suite struct SQLiteLibraryTests {
  @Test("An SQLite that is too old is refused, with both versions and the package to update")
  func tooOld() {
    let error = #expect(throws: LedgerError.self) { try SQLiteLibrary.check(3_034_001) }
    #expect(error?.reason == "SQLite 3.34.1 is too old: 3.37 or later is needed")
    #expect(error?.missingPart == .sqlite && error?.hint == nil)
    #expect(throws: Never.self) { try SQLiteLibrary.check(3_037_000) }
  }
}
