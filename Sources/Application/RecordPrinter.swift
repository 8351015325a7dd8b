import Configuration
import Messaging
import Output
import Platform
import TextFormats

/// Prints records of one kind to standard output in the format of this run.
package final class RecordPrinter<Printed: Record> {
  /// Bytes that are buffered when many records are printed.
  private static var mostPending: Int { 1 << 16 }

  private var formatter: any RecordFormatter
  /// Reads the value of each column.
  private let readers: [FieldReader]
  private let showsRaw: Bool
  private let way: PrintingWay
  private var hasStarted = false
  /// Says that there are no results, if a person reads the output; nil to say nothing.
  package var noteEmpty: (() -> Void)?
  private var pending: [UInt8] = []

  /// `columns` are those of the formatter.
  package init(_ columns: [Column], formatter: any RecordFormatter, way: PrintingWay) {
    self.formatter = formatter
    self.way = way
    readers = columns.map { column in
      guard Printed.fields.indices.contains(column.field) else { return .raw }
      let field = Printed.fields[column.field]
      let shown = column.part.map { field.parts[$0] } ?? field
      return shown.read
    }
    showsRaw = readers.contains { $0.place.kind == .raw }
  }

  /// Prints a record immediately, or buffers it if the format needs more of them.
  package func print(_ record: Printed) throws {
    try print([record])
  }

  /// Prints records immediately.
  package func print(_ records: [Printed]) throws {
    // By index, because a loop over the records would copy each one.
    for index in records.indices { append(records[index]) }
    try flush()
  }

  /// Prints one of many records that are already there: it may be buffered.
  package func printSoon(_ record: Printed) throws {
    append(record)
    if pending.count >= Self.mostPending { try flush() }
  }

  /// Completes the document, even if there were no records.
  package func finish() throws {
    let isEmpty = !hasStarted
    start()
    formatter.end(&pending)
    if isEmpty { noteEmpty?() }
    do {
      try flush()
      try way.finish()
    } catch Ending.outputClosed where way.isPaged {
      // A user who leaves the pager early has seen enough; the command still succeeded or failed.
    }
  }

  /// Prints the records and completes the document.
  package func finish(with records: [Printed]) throws {
    for record in records { try printSoon(record) }
    try finish()
  }

  /// Completes the document if it was begun, so that it is readable even after a failure.
  package func finishIfStarted() throws {
    if hasStarted { try finish() }
  }

  private func append(_ record: Printed) {
    start()
    let raw = showsRaw ? record.raw : nil
    record.read { fields in formatter.record(RecordValues(readers, of: fields, raw: raw), to: &pending) }
  }

  private func start() {
    guard !hasStarted else { return }
    hasStarted = true
    formatter.start(&pending)
  }

  private func flush() throws {
    guard !pending.isEmpty else { return }
    defer { pending.removeAll(keepingCapacity: true) }
    do {
      try way.write(pending)
    } catch {
      throw error.writingOutput
    }
  }
}

/// Where printed bytes go.
package enum PrintingWay {
  case direct(([UInt8]) throws(SystemError) -> Void)
  case paged(PagedOutput)
  case filtered(JQFilter)

  fileprivate var isPaged: Bool { if case .paged = self { true } else { false } }

  fileprivate func write(_ bytes: [UInt8]) throws(SystemError) {
    switch self {
    case .direct(let write): try write(bytes)
    case .paged(let output): try output.write(bytes)
    case .filtered(let filter): try filter.write(bytes)
    }
  }

  /// Waits until the pager or filter exits.
  fileprivate func finish() throws {
    switch self {
    case .direct: return
    case .filtered(let filter): try filter.finish()
    case .paged(let output):
      do {
        try output.finish()
      } catch {
        throw error.writingOutput
      }
    }
  }
}

extension Context {
  /// A printer for records of that kind; with `isSingle`, the result is one object and never an array. With
  /// `isPaged`, a long table goes through the pager: for lists, not for messages being sent. With `isWhole`, a
  /// table has every column if standard output isn't a terminal.
  package func printer<Printed: Record>(
    of kind: Printed.Type, isSingle: Bool = false, isPaged: Bool = false, isWhole: Bool = false
  ) throws -> RecordPrinter<Printed> {
    try configuration.requireOutputFormat()
    let way = try printingWay(isPaged: isPaged)
    var layout = try layout(of: globals[GlobalOptions.raw] ? Printed.schema.addingRaw : Printed.schema, isSingle)
    if isWhole, outputFormat == .table, !showsTable, globals[GlobalOptions.columns] == nil {
      layout.columns = try Printed.schema.columns(named: Printed.schema.fields.map(\.name), flattening: true)
    }
    layout.table.positions = showsTable && !way.isPaged && inputs.variable("TERM") != "dumb"
    let printer = RecordPrinter<Printed>(layout.columns, formatter: outputFormat.formatter(layout), way: way)
    if isPaged, showsTable { printer.noteEmpty = { note(Notes.empty(Printed.plural)) } }
    return printer
  }

  /// Whether results are a table on a terminal.
  package var showsTable: Bool { outputFormat == .table && environment.terminal.outputIsTerminal }

  private func printingWay(isPaged: Bool) throws -> PrintingWay {
    if let filter = try filteredOutput() { return .filtered(filter) }
    if isPaged, let paged = pagedOutput() { return .paged(paged) }
    return .direct(environment.streams.writeOutput)
  }

  private func layout(of schema: RecordSchema, _ isSingle: Bool) throws -> OutputLayout {
    var layout = OutputLayout(columns: try columns(of: schema))
    layout.isSingle = isSingle
    layout.showsHeader = !globals[GlobalOptions.noHeader]
    layout.disarmsFormulas = globals[GlobalOptions.csvSafe]
    layout.table.colored = colorsOutput
    guard showsTable else { return layout }
    layout.columns = schema.addingUnit(to: layout.columns)
    layout.table.width = environment.terminal.width
    layout.table.localTime = localTime
    layout.table.dropsEmptyColumns = globals[GlobalOptions.columns] == nil
    if globals[GlobalOptions.columns] != nil {
      layout.table.noteDropped = {
        note(Notes.noRoom(for: $0))
      }
    }
    return layout
  }

  private func columns(of schema: RecordSchema) throws -> [Column] {
    if let names = globals[GlobalOptions.columns] {
      return try schema.columns(named: names, flattening: outputFormat.isFlat)
    }
    guard outputFormat == .table else { return schema.allColumns(flattening: outputFormat.isFlat) }
    return schema.tableColumns(atTerminal: environment.terminal.outputIsTerminal)
  }

  /// Converts an RFC 3339 time to local time, without seconds.
  private var localTime: @Sendable (String) -> String {
    let zone = environment.timeZone(nil) ?? .utc
    return { text in Timestamp(rfc3339: text).map { $0.minute(in: zone) } ?? text }
  }

  /// Whether tables are colored: `--color` beats `FORCE_COLOR` and `CLICOLOR_FORCE`, which beat `NO_COLOR` and the rest.
  package var colorsOutput: Bool {
    switch globals.color {
    case .always: return true
    case .never: return false
    case .auto:
      if ["FORCE_COLOR", "CLICOLOR_FORCE"].contains(where: { inputs.variable($0) ?? "0" != "0" }) { return true }
      let isRefused =
        inputs.variable("NO_COLOR") != nil || inputs.variable("CLICOLOR") == "0" || inputs.variable("TERM") == "dumb"
      return environment.terminal.outputIsTerminal && !isRefused
    }
  }
}

extension Timestamp {
  /// The local time in a zone: `2036-03-01 09:30`.
  package func minute(in zone: TimeZoneRules) -> String { String(zone.civil(at: self).text().prefix(16)) }
}

extension RecordSchema {
  /// With the provider's own object as the last field.
  fileprivate var addingRaw: RecordSchema {
    var schema = self
    schema.fields.append(FieldOutline("raw"))
    return schema
  }
}

extension Timestamp {
  /// How long before `now` it was, in the largest unit that fits: `2 minutes ago`.
  package func ago(_ now: Timestamp) -> String {
    let seconds = Int(now.unixSeconds - unixSeconds)
    let units = [(86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")]
    guard let (length, name) = units.first(where: { seconds >= $0.0 }) else { return "just now" }
    return "\(counted(seconds / length, name)) ago"
  }
}
