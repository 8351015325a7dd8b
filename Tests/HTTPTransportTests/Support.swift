@testable import HTTPTransport
import Messaging
import Platform
import Testing
import TestSupport

typealias Outcome = Result<HTTPResponse, ProviderError>

/// A transport that does not look at the proxy variables of the machine it is tested on.
func makeTransport(
  caFile: String? = nil, proxy: String = "", responseCap: Int = 10_000_000, isSilent: Bool = false
) throws -> CurlTransport {
  var options = TransportOptions(caFile: caFile, proxy: proxy, responseCap: responseCap, userAgent: "sms/1.2.3")
  options.isSilentBeforeSending = isSilent
  return try CurlTransport(options)
}

func request(
  _ url: String, headers: [HeaderField] = [], body: String = "to=%2B15550100001&text=Hello",
  timeout: Duration = .seconds(60)
) -> WireRequest {
  WireRequest(url: url, headers: headers, body: Array(body.utf8), timeout: timeout)
}

/// What an outcome comes down to.
enum Ending: Hashable, CustomTestStringConvertible {
  case replied(Int), notSent, noReply, timedOut, interrupted

  init(_ outcome: Outcome?) {
    switch outcome {
    case nil: self = .interrupted
    case .success(let response): self = .replied(response.status)
    case .failure(let error) where error.kind == .unreachable: self = .notSent
    case .failure(let error): self = error.kind == .timedOut ? .timedOut : .noReply
    }
  }

  var testDescription: String { "\(self)" }
}

/// A case of a table: what the server does after it has read a request, and how that ends for the client.
struct ServerBehavior: Sendable, CustomTestStringConvertible {
  var name: String
  var steps: [ScriptedServer.Step]
  var ending: Ending

  init(_ name: String, _ steps: [ScriptedServer.Step], _ ending: Ending) {
    (self.name, self.steps, self.ending) = (name, steps, ending)
  }

  init(_ name: String, writes text: String, _ ending: Ending) {
    self.init(name, [.write(text)], ending)
  }

  var testDescription: String { name }
}
