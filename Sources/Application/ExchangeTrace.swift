import Delivery
import Messaging
import TextFormats

/// Prints requests and replies to standard error (`--verbose`), with secrets masked.
package struct ExchangeTrace {
  /// Longer replies are cut off.
  private static let bodyLimit = 4096

  private let context: Context
  private let mask: SecretMask

  package init(_ context: Context, hiding mask: SecretMask) {
    self.context = context
    self.mask = mask
  }

  package func show(_ event: ExchangeEvent) {
    let lines =
      switch event {
      case .request(let request, let attempt): lines(of: request, attempt)
      case .reply(_, let result): lines(of: result)
      }
    guard !context.saysJSON else { return lines.forEach { context.say(mask.masking($0)) } }
    let shown = lines.map { "\(mask.masking($0).escapingControls)\n" }.joined()
    context.environment.streams.writeError(Array(shown.utf8))
  }

  private func lines(of request: HTTPRequest, _ attempt: Int) -> [String] {
    let again = attempt > 1 ? " (attempt \(attempt))" : ""
    let fields = request.form.map { "> \($0.name)=\($0.isSecret ? SecretMask.mask : $0.value)" }
    let json =
      if case .json = request.body { ["> \(String(decoding: request.body.bytes, as: UTF8.self))"] } else {
        [] as [String]
      }
    return ["> \(request.method.rawValue) \(request.url)\(again)"] + authorization(of: request) + fields + json
  }

  private func authorization(of request: HTTPRequest) -> [String] {
    switch request.authorization {
    case .none: []
    case .basic: ["> Authorization: Basic \(SecretMask.mask)"]
    case .token: ["> Authorization: Bearer \(SecretMask.mask)"]
    }
  }

  private func lines(of result: Result<HTTPResponse, ProviderError>) -> [String] {
    switch result {
    case .success(let response):
      // Masked before it is cut: otherwise, part of a secret could remain at the end.
      let body = mask.masking(String(decoding: response.body, as: UTF8.self))
      let cut = body.count > Self.bodyLimit ? " …" : ""
      return ["< HTTP \(response.status)", "< \(body.prefix(Self.bodyLimit))\(cut)"]
    case .failure(let error): return ["< \(error.kind == .unreachable ? "not sent" : "no reply"): \(error.message)"]
    }
  }
}

extension ExchangeTrace {
  /// A request and each kind of reply, as they are printed.
  package static func examples(_ context: Context) -> [String] {
    let trace = ExchangeTrace(context, hiding: SecretMask([]))
    var request = HTTPRequest(
      url: "https://sms.sendapp.live/services/send.php",
      form: [
        FormField("number", "+15550100001"), FormField("key", "", isSecret: true),
      ])
    let fields = trace.lines(of: request, 2)
    request.authorization = .basic(user: "", password: "")
    let results: [Result<HTTPResponse, ProviderError>] = [
      .success(HTTPResponse(status: 200, body: Array("{}".utf8))), .failure(.notSent(reason: "could not resolve host")),
      .failure(.noReply(reason: "connection reset", timedOut: false)),
    ]
    return fields + trace.authorization(of: request) + ["> Authorization: Bearer \(SecretMask.mask)"]
      + results.flatMap { trace.lines(of: $0) }
  }
}
