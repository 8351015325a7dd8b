import CCurl

/// libcurl as a whole, loaded and set up once for the process.
enum CurlLibrary {
  /// Why libcurl cannot be used; nil when it is loaded and set up, which the first use does.
  static var obstacle: String? { ccurl_load().map { String(cString: $0) } }
}
