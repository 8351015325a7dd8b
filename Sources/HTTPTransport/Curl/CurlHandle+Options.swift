import CCurl

extension CurlHandle {
  /// Sets what is the same for every request.
  func setConstantOptions(_ options: TransportOptions) throws(CurlError) {
    try setMethod()
    try setBehavior()
    try setSecurity(caFile: options.caFile)
    try set(CURLOPT_USERAGENT, options.userAgent)
    if let proxy = options.proxy { try set(CURLOPT_PROXY, proxy) }
  }

  private func setMethod() throws(CurlError) {
    try set(CURLOPT_POST, 1)
    // Over HTTP/2 libcurl sends again by itself what a server refuses in the middle of a connection (REFUSED_STREAM).
    try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
    try set(CURLOPT_HTTP09_ALLOWED, 0)
    // The least there can be: each request takes a new one, and by itself libcurl makes it 64 KB.
    try set(CURLOPT_UPLOAD_BUFFERSIZE, 16_384)
    // What a proxy says before the tunnel stands is no part of the reply.
    try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
  }

  private func setBehavior() throws(CurlError) {
    // Timeouts by signals would hit the whole process.
    try set(CURLOPT_NOSIGNAL, 1)
    try check(ccurl_leave_quickly(pointer))
    try check(ccurl_keep_from_children(pointer))
  }

  private func setSecurity(caFile: String?) throws(CurlError) {
    try check(ccurl_allow_http_only(pointer))
    try set(CURLOPT_FOLLOWLOCATION, 0)
    try set(CURLOPT_SSL_VERIFYPEER, 1)
    try set(CURLOPT_SSL_VERIFYHOST, 2)
    try set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
    if let caFile { try set(CURLOPT_CAINFO, caFile) }
  }
}
