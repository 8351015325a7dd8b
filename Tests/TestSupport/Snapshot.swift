import Platform
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Compares a text to the file with this name in `__Snapshots__` next to the calling test.
///
/// The test must be directly in the directory of its target, which must be declared with `snapshots: true`. If
/// `SMS_RECORD_SNAPSHOTS` is set, writes the file and fails, so that a recording isn't mistaken for a check.
public func assertSnapshot(
  _ text: String, named name: String, filePath: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation
) {
  if let problem = snapshotProblem(text, named: name, filePath: filePath) {
    Issue.record(Comment(rawValue: problem), sourceLocation: sourceLocation)
  }
}

private func snapshotProblem(_ text: String, named name: String, filePath: String) -> String? {
  let folder = filePath.prefix(upTo: filePath.lastIndex(of: "/") ?? filePath.startIndex) + "/__Snapshots__"
  let path = "\(folder)/\(name)"
  if getenv("SMS_RECORD_SNAPSHOTS") != nil {
    do {
      try Files.makeFolders(String(folder))
      try Files.replace(path, Array(text.utf8), mode: 0o644)
      return "recorded, review it: \(path)"
    } catch {
      return "could not be recorded: \(path): \(error.reason)"
    }
  }
  guard let expected = try? Files.read(path, limit: 1 << 24) else {
    return "no \(path); run with SMS_RECORD_SNAPSHOTS=1 to record it"
  }
  return firstDifference(String(decoding: expected, as: UTF8.self), text).map { "differs from \(path) in \($0)" }
}

/// The first difference between two texts, as `line 3: expected "…", is "…"`; nil if they have the same bytes.
private func firstDifference(_ expected: String, _ actual: String) -> String? {
  guard !expected.utf8.elementsEqual(actual.utf8) else { return nil }
  let (expected, actual) = (lines(of: expected), lines(of: actual))
  let same = zip(expected, actual).prefix { $0.elementsEqual($1) }.count
  func shown(_ lines: [Substring.UTF8View]) -> String {
    lines.indices.contains(same) ? Substring(lines[same]).debugDescription : "the end"
  }
  return "line \(same + 1): expected \(shown(expected)), is \(shown(actual))"
}

private func lines(of text: String) -> [Substring.UTF8View] {
  text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
}
