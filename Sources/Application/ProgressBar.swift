import CommandLineKit
import Messaging

/// A line on standard error that shows the progress of a job, if standard error is a terminal.
package final class ProgressBar {
  private static let refreshTime: Duration = .milliseconds(100)
  private static let longestBar = 24
  private static let shortestBar = 6
  private static let clearLine = "\r\u{1B}[K"

  private let context: Context
  private let isWanted: Bool
  private let start: Duration
  /// Rows that had their outcome when this run began.
  private let before: Int
  /// The rate limit of the user.
  private let rate: Rate?
  private var drawnAt: Duration?
  private var isVisible = false

  /// `settled` is the number of rows that already have an outcome; `rate` is nil without a limit.
  package init(_ context: Context, settled: Int, rate: Rate? = nil) {
    self.context = context
    self.rate = rate
    before = settled
    start = context.environment.clock()
    isWanted =
      context.environment.terminal.errorIsTerminal && !context.isQuiet && !context.isVerbose
      && context.inputs.variable("TERM") != "dumb"
  }

  /// Shows the progress, but no more often than `refreshTime`.
  package func show(_ counts: JobCounts) {
    guard isWanted else { return }
    let now = context.environment.clock()
    if let drawnAt, now - drawnAt < Self.refreshTime { return }
    (drawnAt, isVisible) = (now, true)
    // A line as wide as the terminal would wrap, and couldn't be overwritten by the next one.
    write(Self.clearLine + line(counts, elapsed: now - start, width: (context.environment.errorWidth() ?? 80) - 1))
  }

  /// Clears the line, so that others can be printed.
  package func hide() {
    guard isVisible else { return }
    isVisible = false
    write(Self.clearLine)
  }

  /// For example, `[######------------------] 5000/20000  25%  812/s  0:18 left`. If there isn't room, it omits
  /// first the bar, then the time, then the speed, and finally everything but `5000/20000`.
  private func line(_ counts: JobCounts, elapsed: Duration, width: Int) -> String {
    let done = counts.rows - counts.pending
    let count = "\(done)/\(counts.rows)"
    let share = counts.rows == 0 ? 1 : Double(done) / Double(counts.rows)
    let speed = speed(of: done - before, elapsed)
    let rest = speed > 0 ? ["\(Self.clock(Int(min(Double(counts.pending) / speed, 359_999)))) left"] : []
    let details = ["\(count)  \(Int(share * 100))%", words(speed: speed)] + rest
    let whole = details.joined(separator: "  ")
    if let bar = Self.bar(share, width: width - whole.count - 1) { return "\(bar) \(whole)" }
    let shorter = details.indices.reversed().map { details[...$0].joined(separator: "  ") }
    return String((shorter.first { $0.count <= width } ?? count).prefix(max(0, width)))
  }

  /// Rows per second, at most the rate limit: the first rows are sent at once, so their speed would be too high.
  private func speed(of rows: Int, _ elapsed: Duration) -> Double {
    let measured = Double(rows) / max(0.001, elapsed / .seconds(1))
    guard let rate else { return measured }
    let period: Double = rate.per / .seconds(1)
    let bound = Double(rate.count) / period
    return rows == 0 ? bound : min(measured, bound)
  }

  /// For example, `812/s`, or `300/m` for a rate per minute.
  private func words(speed: Double) -> String {
    let unit = rate?.per ?? .seconds(1)
    return Rate(count: Int((speed * (unit / .seconds(1))).rounded()), per: unit).words
  }

  /// For example, `[######------------------]`, at most `width` columns; nil if it would be too short to be useful.
  private static func bar(_ share: Double, width: Int) -> String? {
    let cells = min(width - 2, longestBar)
    guard cells >= shortestBar else { return nil }
    let filled = Int(share * Double(cells))
    return "[" + String(repeating: "#", count: filled) + String(repeating: "-", count: cells - filled) + "]"
  }

  /// For example, `1:02:03` or `0:18`.
  private static func clock(_ seconds: Int) -> String {
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
    let padded = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    return hours > 0 ? "\(hours):\(padded(minutes)):\(padded(seconds % 60))" : "\(minutes):\(padded(seconds % 60))"
  }

  private func write(_ text: String) {
    context.environment.streams.writeError(Array(text.utf8))
  }
}

extension ProgressBar {
  /// A wide line and a narrow one.
  package static var examples: [String] {
    ["[######------------------] 5000/20000  25%  812/s  0:18 left", "5000/20000  25%"]
  }
}
