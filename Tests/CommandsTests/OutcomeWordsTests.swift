import Application
import Delivery
import Messaging
import Testing
import TextFormats

@testable import Commands

@Suite struct OutcomeWordsTests {
  private static func counts(_ accepted: Int, _ failed: Int, _ unknown: Int, _ pending: Int) -> JobCounts {
    var counts = JobCounts()
    (counts.accepted, counts.failed, counts.unknown, counts.planned) = (accepted, failed, unknown, pending)
    return counts
  }

  @Test(
    "After a signal each message is counted as what became of it",
    arguments: [
      (counts(1, 0, 0, 0), "the message had been sent"), (counts(0, 1, 0, 0), "the message failed"),
      (counts(0, 0, 1, 0), "the message may or may not have been sent"),
      (counts(0, 0, 0, 1), "the message was not sent"), (counts(2, 0, 0, 0), "both messages had been sent"),
      (counts(0, 2, 0, 0), "both messages failed"),
      (counts(0, 0, 2, 0), "both messages may or may not have been sent"),
      (counts(0, 0, 0, 2), "neither message was sent"), (counts(5, 0, 0, 0), "all 5 messages had been sent"),
      (counts(0, 0, 0, 5), "none of the 5 messages was sent"),
      (counts(1, 0, 0, 1), "1 of 2 messages sent, 1 not sent"),
      (counts(1, 2, 3, 4), "1 of 10 messages sent, 2 failed, 3 unknown, 4 not sent"),
      (counts(0, 1, 1, 0), "1 of 2 messages failed, 1 unknown"),
    ])
  func afterSignal(counts: JobCounts, words: String) {
    #expect(counts.outcome(namesSent: true) == words)
  }

  @Test(
    "Where the provider fell short, what it took is not listed",
    arguments: [
      (counts(1, 0, 0, 2), "2 of 3 messages not sent"), (counts(1, 1, 0, 0), "1 of 2 messages failed"),
      (counts(3, 0, 1, 1), "1 of 5 messages unknown, 1 not sent"),
      (counts(0, 0, 0, 3), "none of the 3 messages was sent"),
    ])
  func shortfall(counts: JobCounts, words: String) {
    #expect(counts.outcome(namesSent: false) == words)
  }

  @Test("No combination claims that a message was not sent which was, nor the other way round")
  func everyCombination() {
    for code in 0..<81 {
      let parts = [code % 3, code / 3 % 3, code / 9 % 3, code / 27 % 3]
      guard parts.reduce(0, +) > 0 else { continue }
      let words = Self.counts(parts[0], parts[1], parts[2], parts[3]).outcome(namesSent: true)
      let saysNotSent = ["not sent", "neither", "none of"].contains { words.contains($0) }
      #expect(saysNotSent == (parts[3] > 0), "\(parts): \(words)")
      #expect((words.contains("unknown") || words.contains("may or may not")) == (parts[2] > 0), "\(parts): \(words)")
      #expect(words.contains("failed") == (parts[1] > 0), "\(parts): \(words)")
    }
  }
}
