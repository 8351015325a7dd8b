/// How results are printed.
enum OutputFormat: String, CaseIterable, Sendable {
  case table, json, jsonl, csv

  /// Whether it is meant for programs: it never depends on terminal, locale or time zone.
  var isForMachines: Bool { self != .table }
}
