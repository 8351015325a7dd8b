import Application
import Messaging
import TextFormats

/// A job's details for people: its input, progress, and next step.
struct JobDetails {
  let job: JobRecord
  let context: Context

  /// One line for each detail, with its name.
  var text: String {
    let width = (lines.map(\.name.count).max() ?? 0) + 2
    return lines.map { line in
      line.name + String(repeating: " ", count: width - line.name.count) + line.value.escapingControls + "\n"
    }.joined()
  }

  private var lines: [(name: String, value: String)] {
    let all: [(name: String, value: String?)] = [
      ("job", job.job), ("state", job.state.rawValue), ("list", job.input), ("account", job.account),
      ("profile", job.profile), ("started", moment(job.createdAt)), ("finished", job.finishedAt.map(moment)),
      ("rows", "\(job.counts.rows): \(job.counts.words)"), ("next", next),
    ]
    return all.compactMap { line in line.value.map { (line.name, $0) } }
  }

  private func moment(_ moment: Timestamp) -> String {
    let zone = context.environment.timeZone(nil) ?? .utc
    return "\(zone.civil(at: moment).text().prefix(16)) (\(moment.ago(context.environment.now())))"
  }

  /// The next command to run.
  var next: String {
    let reference = context.reference(toJob: job.job)
    return switch job.state {
    case .planned, .interrupted: reference.resumeCommand()
    case .running: context.commandLine(["log", "--job", job.job, "--status", "failed"])
    case .unsettled: reference.resumeCommand("--reconcile")
    case .done where job.counts.failed > 0: reference.resumeCommand("--retry-failed")
    case .done, .abandoned: context.commandLine(["log", "--job", job.job])
    }
  }
}

extension JobCounts {
  /// The outcomes of the rows, without zero counts: `3 accepted, 1 failed`.
  var words: String {
    let counts = [
      (accepted, "accepted"), (failed, "failed"), (unknown, "unknown"), (skipped, "skipped"),
      (pending, "not sent"),
    ].filter { $0.0 > 0 }
    return counts.isEmpty ? "no messages" : counts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }
}
