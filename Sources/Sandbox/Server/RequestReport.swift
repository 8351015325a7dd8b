import TextFormats

/// The line that shows a request and its result on the sandbox's output.
///
/// For example, `POST /vpixelpro/services/send.php  accepted 4  +15550100001  "Hello"`. Of the query, form, and
/// header fields, it contains only number and text of accepted messages, so no credentials. Control characters are
/// escaped.
struct RequestReport {
  /// The maximum length of a path, text, or refusal.
  private static let longest = 100
  /// The maximum number of messages of a request that are listed.
  private static let mostListed = 3

  let head: RequestHead
  let reply: SandboxReply
  let fault: FaultKind?

  var line: String {
    let call = "\(head.method) \(Self.shortened(String(AddressedRequest.path(ofTarget: head.target))))"
    return ([call] + outcome + [fault.map { "fault \($0.rawValue)" }].compactMap(\.self)).joined(separator: "  ")
  }

  private var outcome: [String] {
    if fault?.replyInstead != nil { return [] }
    let parts = acceptance + refusal
    return parts.isEmpty ? [reply.status == 200 ? "answered" : "HTTP \(reply.status)"] : parts
  }

  private var acceptance: [String] {
    guard let first = reply.accepted.first else { return [] }
    let text = "\"\(Self.shortened(first.body))\""
    return ["accepted \(Self.list(reply.accepted.map(\.id)))", Self.list(reply.accepted.map(\.to)), text]
  }

  /// For example, `4, 5, 6 and 97 more`.
  private static func list(_ items: [String]) -> String {
    let more = items.count > mostListed ? " and \(items.count - mostListed) more" : ""
    return items.prefix(mostListed).joined(separator: ", ") + more
  }

  private var refusal: [String] {
    guard let first = reply.refusals.first else { return [] }
    let more = reply.refusals.count > 1 ? "  (and \(reply.refusals.count - 1) more)" : ""
    return ["refused \(Self.shortened(first))\(more)"]
  }

  private static func shortened(_ text: String) -> String {
    let escaped = text.escapingControls
    return escaped.count > longest ? "\(escaped.prefix(longest))…" : escaped
  }
}
