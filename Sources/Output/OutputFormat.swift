/// How results are printed.
package enum OutputFormat: String, CaseIterable, Sendable {
  case table, json, jsonl, csv

  /// Whether it is meant for programs: it never depends on terminal, locale or time zone.
  package var isForMachines: Bool { self != .table }

  /// Whether results are JSON, in one document or in several.
  package var isJSON: Bool { self == .json || self == .jsonl }
}
