/// Why an address can't be a provider's base.
package enum BaseURLProblem: Error, Hashable, Sendable {
  /// Not `https://HOST…` or `http://HOST…` in plain ASCII.
  case malformed
  case userInformation
  /// A query or fragment would end up in the middle of the address of a call.
  case queryOrFragment
  /// http to a host that is not this machine, without `allow_http`.
  case insecure(host: String)
}

/// The address that the paths of calls are appended to.
package struct BaseURL: Hashable, Sendable {
  /// Without a slash at its end.
  package let text: String

  /// Takes https, or http for loopback hosts, or http for any with `allowsHTTP`.
  package init(_ address: String, allowsHTTP: Bool) throws(BaseURLProblem) {
    guard let schemeEnd = address.firstRange(of: "://") else { throw .malformed }
    let scheme = address[..<schemeEnd.lowerBound].lowercased()
    let rest = address[schemeEnd.upperBound...]
    let authority = rest.prefix { !"/?#".contains($0) }
    guard !authority.contains("@") else { throw .userInformation }
    guard !rest.contains("?"), !rest.contains("#") else { throw .queryOrFragment }
    guard ["http", "https"].contains(scheme), let host = Self.host(of: authority), Self.isPlain(rest) else {
      throw .malformed
    }
    guard scheme == "https" || allowsHTTP || Self.isLoopback(host) else { throw .insecure(host: host) }
    text = String(address[..<(address.lastIndex { $0 != "/" }.map(address.index(after:)) ?? address.endIndex)])
  }

  /// The host of `HOST`, `HOST:PORT` or `[IPv6]:PORT`, in lower case; nil where it is none of them.
  private static func host(of authority: Substring) -> String? {
    let hostEnd: Substring.Index
    if authority.first == "[" {
      guard let bracket = authority.firstIndex(of: "]") else { return nil }
      hostEnd = authority.index(after: bracket)
    } else {
      hostEnd = authority.firstIndex(of: ":") ?? authority.endIndex
    }
    let host = authority[..<hostEnd]
    let allowed =
      host.first == "["
      ? "0123456789abcdefABCDEF:.[]" : "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"
    guard !host.isEmpty, host.allSatisfy(allowed.contains), isPort(authority[hostEnd...]) else { return nil }
    return host.lowercased()
  }

  /// Whether it is nothing, or a colon and a port.
  private static func isPort(_ text: Substring) -> Bool {
    guard let colon = text.first else { return true }
    let digits = text.dropFirst()
    guard colon == ":", (1...5).contains(digits.count), digits.allSatisfy("0123456789".contains) else { return false }
    return Int(digits).map { (1...65_535).contains($0) } ?? false
  }

  /// Whether it is printable ASCII without characters that parsers of addresses disagree about.
  private static func isPlain(_ text: Substring) -> Bool {
    text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"\"<>\\^`{|}".utf8.contains($0) }
  }

  private static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    return parts.count == 4 && parts[0] == 127 && !parts.contains(nil)
  }
}
