import CCurl
import CLibrary
import Messaging
import Platform

/// Performs requests with libcurl, any number at a time, on the thread of the caller.
///
/// Never sends a request twice, however the connection ends; doesn't follow redirects; keeps connections for later
/// requests. Not thread-safe.
public final class CurlTransport: HTTPExchanging {
  private let options: TransportOptions
  private let multi: UnsafeMutableRawPointer
  private var exchanges: [CurlExchange]
  private var idle: [CurlExchange]
  /// Exchanges that ended before they were passed to libcurl.
  private var failedToStart: [FinishedExchange]
  private var headers: HeaderList?
  public private(set) var inFlight: Int

  /// Starts loading libcurl on another thread, so that creating the first transport takes less time.
  public static func loadAhead() {
    ccurl_load_ahead()
  }

  /// Loads and sets up libcurl, which takes a few milliseconds for a program's first transport; opens no connection.
  public init(_ options: TransportOptions = TransportOptions()) throws(TransportSetupError) {
    let options = try options.prepared()
    do throws(ProviderError) {
      guard let multi = ccurl_multi_init() else { throw ProviderError.notSent(reason: CURLE_FAILED_INIT.reason) }
      self.multi = multi
      self.options = options
      (exchanges, idle, failedToStart, inFlight) = ([], [], [], 0)
      idle = [try newExchange()]
    } catch {
      throw .library(reason: error.message)
    }
  }

  deinit {
    for exchange in exchanges where exchange.id != nil { ccurl_multi_remove_handle(multi, exchange.handle.pointer) }
    ccurl_multi_cleanup(multi)
  }

  public func start(_ request: WireRequest, id: Int, gate: SendGate?) {
    inFlight += 1
    do throws(ProviderError) {
      let headers = try headerList(request.headers)
      let exchange = if let free = idle.popLast() { free } else { try newExchange() }
      try add(exchange, request, id: id, headers, gate)
    } catch {
      failedToStart.append(FinishedExchange(id: id, result: .failure(error)))
    }
  }

  public func wait(atMost time: Duration?, wakingOn descriptor: FileDescriptor?) -> [FinishedExchange] {
    let deadline = time.map { MonotonicInstant.now + $0 }
    while true {
      let finished = advance()
      if !finished.isEmpty { return finished }
      if inFlight == 0, deadline == nil, descriptor == nil { return [] }
      if let deadline, deadline.remaining == .zero { return [] }
      if let descriptor, isReadable(descriptor) { return [] }
      sleep(until: deadline, wakingOn: descriptor)
    }
  }
}

// MARK: - Starting

extension CurlTransport {
  /// Reuses the last list if the fields are the same, as within a job.
  private func headerList(_ fields: [HeaderField]) throws(ProviderError) -> HeaderList {
    if let headers, headers.holds(fields) { return headers }
    guard let list = HeaderList(fields) else { throw ProviderError.notSent(reason: CURLE_BAD_FUNCTION_ARGUMENT.reason) }
    headers = list
    return list
  }

  private func newExchange() throws(ProviderError) -> CurlExchange {
    let exchange = try CurlExchange(options)
    exchanges.append(exchange)
    // macOS starts with a limit of 256.
    if exchanges.count == 128 { CurrentProcess.raiseDescriptorLimit(to: socketNumberLimit) }
    // Allow one open connection each. By default, libcurl counts the active ones and closes the others in a lull.
    _ = ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, exchanges.count)
    return exchange
  }

  private func add(
    _ exchange: CurlExchange, _ request: WireRequest, id: Int, _ headers: HeaderList, _ gate: SendGate?
  ) throws(ProviderError) {
    do throws(ProviderError) {
      try exchange.begin(request, id: id, headers: headers, gate: gate)
      guard ccurl_multi_add_handle(multi, exchange.handle.pointer) == CURLM_OK else {
        throw ProviderError.notSent(reason: CURLE_FAILED_INIT.reason)
      }
    } catch {
      _ = exchange.end(CURLE_FAILED_INIT)
      idle.append(exchange)
      throw error
    }
  }
}

// MARK: - Waiting

extension CurlTransport {
  /// Advances all transfers without waiting; returns those that have ended.
  private func advance() -> [FinishedExchange] {
    let code = ccurl_multi_perform(multi)
    var finished = failedToStart
    failedToStart = []
    var result = CURLE_OK
    while let handle = ccurl_multi_next_done(multi, &result) {
      if let exchange = CurlExchange.owner(of: handle) { finished.append(end(exchange, result)) }
    }
    if code != CURLM_OK { finished += endAll() }
    inFlight -= finished.count
    return finished
  }

  private func end(_ exchange: CurlExchange, _ code: CURLcode) -> FinishedExchange {
    ccurl_multi_remove_handle(multi, exchange.handle.pointer)
    idle.append(exchange)
    return exchange.end(code)
  }

  /// Ends everything in flight as failed, as libcurl can't continue (out of memory).
  private func endAll() -> [FinishedExchange] {
    exchanges.filter { $0.id != nil }.map { end($0, CURLE_OUT_OF_MEMORY) }
  }

  /// Whether there is something to read, including the end.
  private func isReadable(_ descriptor: FileDescriptor) -> Bool {
    // If its state can't be checked, it must not be waited for either.
    do { return try descriptor.waitUntilReadable(atMost: .zero) } catch { return true }
  }

  private func sleep(until deadline: MonotonicInstant?, wakingOn descriptor: FileDescriptor?) {
    var extra = curl_waitfd(fd: descriptor?.rawValue ?? -1, events: Int16(CURL_WAIT_POLLIN), revents: 0)
    let time = deadline?.remaining.wholeMilliseconds ?? .max
    ccurl_multi_poll(multi, &extra, descriptor == nil ? 0 : 1, time)
  }
}
