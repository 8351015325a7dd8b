extension String {
  /// The text with any user name and password in a URL (RFC 3986, 3.2.1) replaced by asterisks.
  ///
  /// Meant for error messages about URLs, so it makes no assumptions: the scheme may be missing, the `@` may be
  /// encoded, and the port may not be a number.
  package var hidingUserInformation: String {
    split(separator: "\n", omittingEmptySubsequences: false).map(\.hidingUserInformation).joined(separator: "\n")
  }
}

extension Substring {
  /// The same for one line.
  fileprivate var hidingUserInformation: String {
    guard contains(":") else { return String(self) }
    let at = [lastIndex(of: "@"), ranges(of: "%40").last?.lowerBound].compactMap(\.self).max()
    guard let scheme = firstRange(of: "://") else { return hidingUserInformation(before: at) }
    if let at, at > scheme.upperBound { return "\(self[..<scheme.upperBound])********\(self[at...])" }
    let rest = self[scheme.upperBound...]
    let authority = rest.prefix { !"/?#\"' \t,)".contains($0) }
    guard authority.hasOddPort else { return String(self) }
    return "\(self[..<scheme.upperBound])********\(rest[authority.endIndex...])"
  }

  /// Hides `user:password` before an `@`; a proxy needs no scheme.
  private func hidingUserInformation(before at: Index?) -> String {
    guard let at else { return String(self) }
    let start = self[..<at].lastIndex { $0.isWhitespace || "\"'".contains($0) }.map(index(after:)) ?? startIndex
    guard self[start..<at].contains(":") else { return String(self) }
    return "\(self[..<start])********\(self[at...])"
  }

  /// Whether what is in the position of the port is not a number, as in `user:password`.
  private var hasOddPort: Bool {
    let host = first == "[" ? drop { $0 != "]" } : self
    guard let colon = host.firstIndex(of: ":") else { return false }
    return !host[colon...].dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
  }
}
