import TextFormats

/// Reasons for an outcome if the provider gives none in its own words.
extension MessageError {
  package static let reportedFailed = "the provider reports the message as failed"
  package static let refusedWithoutReason = "the provider refused the message without a reason"
  package static let notMentioned = "the reply doesn't mention this message"
  package static let contradicted = "the reply contradicts itself about this message"
  package static let listedInRefusal = "the reply is a refusal, but lists this message"
  package static let undecided = "the reply doesn't say whether this message was accepted"
  package static let unnamed = "the reply says that it was accepted, but not under which ID"
  package static let named = "the reply has an ID for the message, but doesn't say that it was accepted"
  package static let notMatched = "the reply doesn't match the request"

  package static var examples: [ExampleMessage] {
    [
      reportedFailed, refusedWithoutReason, notMentioned, contradicted, listedInRefusal, undecided, unnamed, named,
      notMatched,
    ].map { .result($0) }
  }
}
