import Configuration
import Messaging
import Output
import Platform
import TextFormats

/// Prints records of one kind to standard output in the format of this run.
package final class RecordPrinter<Printed: Record> {
  /// Bytes that may wait, where they are printed many at a time.
  private static var mostPending: Int { 1 << 16 }

  private var formatter: any RecordFormatter
  /// What reads the value of each column; nil for the provider's own object.
  private let readers: [FieldReader?]
  private let write: ([UInt8]) throws(SystemError) -> Void
  /// Waits for the pager, where there is one.
  private let close: (() throws(SystemError) -> Void)?
  private var hasStarted = false
  private var isEmpty = true
  /// Says that there is nothing, where the output alone would leave a person waiting for it; nil for not a word.
  package var noteEmpty: (() -> Void)?
  private var pending: [UInt8] = []

  /// The columns are those of the formatter.
  package init(
    _ columns: [Column], formatter: any RecordFormatter, write: @escaping ([UInt8]) throws(SystemError) -> Void,
    close: (() throws(SystemError) -> Void)? = nil
  ) {
    self.formatter = formatter
    readers = columns.map { column in
      guard Printed.fields.indices.contains(column.field) else { return nil }
      let field = Printed.fields[column.field]
      let shown = column.part.map { field.parts[$0] } ?? field
      return shown.read
    }
    self.write = write
    self.close = close
  }

  /// Prints one record at once, or keeps it where the format needs to see more of them.
  package func print(_ record: Printed) throws {
    try print([record])
  }

  /// Prints records at once.
  package func print(_ records: [Printed]) throws {
    // By index, as a loop over the records would copy each.
    for index in records.indices { append(records[index]) }
    try flush()
  }

  /// Prints one record of many that are all there: it may wait for the next ones, or for the end.
  package func printSoon(_ record: Printed) throws {
    append(record)
    if pending.count >= Self.mostPending { try flush() }
  }

  /// Completes the document; also when there was no record.
  package func finish() throws {
    start()
    formatter.end(&pending)
    if isEmpty { noteEmpty?() }
    do {
      try flush()
      if let close { try output(close) }
    } catch {
      // Who leaves the pager early has seen enough; what the command amounts to stays.
      guard case Ending.outputClosed = error, close != nil else { throw error }
    }
  }

  /// Prints these and completes the document.
  package func finish(with records: [Printed]) throws {
    for record in records { try printSoon(record) }
    try finish()
  }

  /// Completes the document if it was begun: after a failure, what was printed before shall be readable.
  package func finishWhatBegan() throws {
    if hasStarted { try finish() }
  }

  private func append(_ record: Printed) {
    start()
    isEmpty = false
    record.read { fields in formatter.record(RecordValues(readers, of: fields, raw: record.raw), to: &pending) }
  }

  private func start() {
    guard !hasStarted else { return }
    hasStarted = true
    formatter.start(&pending)
  }

  private func flush() throws {
    guard !pending.isEmpty else { return }
    defer { pending.removeAll(keepingCapacity: true) }
    try output { () throws(SystemError) in try write(pending) }
  }

  private func output(_ body: () throws(SystemError) -> Void) throws {
    do {
      try body()
    } catch {
      throw error.writingOutput
    }
  }
}

extension Context {
  /// Prints records of that kind; `isSingle` where the result is one object and never an array. A long table that
  /// `isPaged` goes through the user's pager: that is for what is read, not for what is on its way.
  package func printer<Printed: Record>(
    of kind: Printed.Type, isSingle: Bool = false, isPaged: Bool = false
  ) throws -> RecordPrinter<Printed> {
    let printer: RecordPrinter<Printed> = try self.printer(isSingle: isSingle, isPaged: isPaged)
    if isPaged, environment.terminal.outputIsTerminal, outputFormat == .table {
      printer.noteEmpty = { note("no \(Printed.plural)") }
    }
    return printer
  }

  private func printer<Printed: Record>(isSingle: Bool, isPaged: Bool) throws -> RecordPrinter<Printed> {
    try configuration.requireOutputFormat()
    let columns = try columns(of: globals[GlobalOptions.raw] ? Printed.schema.addingRaw : Printed.schema)
    let formatter = formatter(columns, isSingle: isSingle)
    guard isPaged, let paged = pagedOutput() else {
      return RecordPrinter(columns, formatter: formatter, write: environment.streams.writeOutput)
    }
    return RecordPrinter(
      columns, formatter: formatter, write: { (bytes) throws(SystemError) in try paged.write(bytes) },
      close: { () throws(SystemError) in try paged.finish() })
  }

  private func columns(of schema: RecordSchema) throws -> [Column] {
    let flattening = outputFormat == .csv
    if let names = globals[GlobalOptions.columns] {
      return try schema.columns(named: names, flattening: flattening)
    }
    return outputFormat == .table ? schema.tableColumns : schema.allColumns(flattening: flattening)
  }

  private func formatter(_ columns: [Column], isSingle: Bool) -> any RecordFormatter {
    let showsHeader = !globals[GlobalOptions.noHeader]
    switch outputFormat {
    case .json: return JSONFormatter(columns: columns, isSingle: isSingle)
    case .jsonl: return JSONLinesFormatter(columns: columns)
    case .csv:
      let writer = CSVWriter(disarmsFormulas: globals[GlobalOptions.csvSafe])
      return CSVFormatter(columns: columns, showsHeader: showsHeader, writer: writer)
    case .table:
      return TableFormatter(
        columns: columns, dropsEmptyColumns: globals[GlobalOptions.columns] == nil, showsHeader: showsHeader,
        colored: colorsOutput,
        width: environment.terminal.outputIsTerminal ? environment.terminal.width : nil,
        localTime: environment.terminal.outputIsTerminal ? localTime : nil)
    }
  }

  /// Writes a time, given in RFC 3339, to the minute and on the clocks of this machine.
  private var localTime: @Sendable (String) -> String {
    let zone = environment.timeZone(nil) ?? .utc
    return { text in Timestamp(rfc3339: text).map { String(zone.civil(at: $0).text().prefix(16)) } ?? text }
  }

  /// Whether tables are colored: `--color` beats `CLICOLOR_FORCE`, which beats `NO_COLOR` and the rest.
  package var colorsOutput: Bool {
    switch globals[GlobalOptions.color] {
    case .always: return true
    case .never: return false
    case .auto:
      if let force = variable("CLICOLOR_FORCE"), force != "0" { return true }
      let isRefused = variable("NO_COLOR") != nil || variable("CLICOLOR") == "0" || variable("TERM") == "dumb"
      return environment.terminal.outputIsTerminal && !isRefused
    }
  }
}

extension RecordSchema {
  /// With the provider's own object as the last field.
  fileprivate var addingRaw: RecordSchema {
    RecordSchema(fields: fields + [FieldOutline("raw")])
  }

  /// The columns that a table shows unasked; of an error, its words.
  fileprivate var tableColumns: [Column] {
    let shown = fields.filter { $0.traits.contains(.inTable) }
    let names = shown.map { $0.parts.contains("message") ? "\($0.name).message" : $0.name }
    return (try? columns(named: names, flattening: true)) ?? []
  }
}
