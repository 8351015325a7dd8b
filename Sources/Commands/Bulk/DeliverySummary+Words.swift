import Application
import Delivery
import TextFormats

extension DeliverySummary {
  /// One line for the end of a job.
  var words: String {
    let counts = [
      "\(counted(rows, "row"))", "\(accepted) accepted", "\(failed) failed", "\(unknown) unknown",
      "\(skipped) skipped", "\(pending) pending",
    ]
    return counts.joined(separator: ", ") + pace + "; job \(job)"
  }

  /// Such as ` in 2.4 s (12.5/s)`.
  private var pace: String {
    let milliseconds = Int(duration / .milliseconds(1))
    guard milliseconds > 0 else { return "" }
    return " in \(tenths(milliseconds / 100)) s (\(tenths(settled * 10_000 / milliseconds))/s)"
  }

  private func tenths(_ number: Int) -> String {
    "\(number / 10).\(number % 10)"
  }
}
