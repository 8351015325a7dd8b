import CCurl
import Messaging
import Platform

/// Carries requests by libcurl, any number at a time, on the thread of its caller.
///
/// A request is never sent twice, however the connection ends, redirects are not followed, and connections are kept for
/// later requests. Not to be shared between threads.
public final class CurlTransport: HTTPExchanging {
  private let options: TransportOptions
  private let multi: UnsafeMutableRawPointer
  private var exchanges: [CurlExchange] = []
  private var idle: [CurlExchange] = []
  /// Ended before they began.
  private var stillborn: [FinishedExchange] = []
  private var headers: HeaderList?
  public private(set) var inFlight = 0

  /// Sets libcurl up, which takes some milliseconds for a program's first transport; opens no connection.
  public init(_ options: TransportOptions = TransportOptions()) throws(TransportSetupError) {
    try Self.requireReadable(options.caFile)
    do throws(CurlError) {
      guard globalState == CURLE_OK else { throw CurlError(code: globalState) }
      guard let multi = curl_multi_init() else { throw CurlError(code: CURLE_FAILED_INIT) }
      self.multi = multi
      self.options = options
      let first = try CurlExchange(options)
      exchanges = [first]
      idle = [first]
    } catch {
      throw .library(reason: error.reason)
    }
  }

  deinit {
    for exchange in exchanges where exchange.isActive { curl_multi_remove_handle(multi, exchange.handle.pointer) }
    curl_multi_cleanup(multi)
  }

  public func start(_ request: WireRequest, id: Int) {
    inFlight += 1
    do throws(CurlError) {
      let headers = try headerList(request.headers)
      try add(try exchange(), request, id: id, headers)
    } catch {
      stillborn.append(FinishedExchange(id: id, result: .failure(.notSent(reason: error.reason))))
    }
  }

  public func wait(atMost time: Duration?, wakingOn descriptor: FileDescriptor?) -> [FinishedExchange] {
    let deadline = time.map { MonotonicInstant.now + $0 }
    while true {
      let finished = advance()
      if !finished.isEmpty { return finished }
      let hasNothingToWaitFor = inFlight == 0 && deadline == nil && descriptor == nil
      if hasNothingToWaitFor || deadline.hasPassed || descriptor.isReadable { return [] }
      sleep(until: deadline, wakingOn: descriptor)
    }
  }

  /// The same list as last time where the fields are the same, as those of a job are.
  private func headerList(_ fields: [HeaderField]) throws(CurlError) -> HeaderList {
    if let headers, headers.fields == fields { return headers }
    guard let list = HeaderList(fields) else { throw CurlError(code: CURLE_BAD_FUNCTION_ARGUMENT) }
    headers = list
    return list
  }

  private func exchange() throws(CurlError) -> CurlExchange {
    if let free = idle.popLast() { return free }
    let exchange = try CurlExchange(options)
    exchanges.append(exchange)
    return exchange
  }

  private func add(_ exchange: CurlExchange, _ request: WireRequest, id: Int, _ headers: HeaderList) throws(CurlError) {
    do throws(CurlError) {
      try exchange.begin(request, id: id, headers: headers)
      guard curl_multi_add_handle(multi, exchange.handle.pointer) == CURLM_OK else {
        throw CurlError(code: CURLE_FAILED_INIT)
      }
    } catch {
      _ = exchange.end(error.code)
      idle.append(exchange)
      throw error
    }
  }
}

// One turn of the loop.
extension CurlTransport {
  /// Moves all transfers on without waiting; returns those that have ended.
  private func advance() -> [FinishedExchange] {
    var running: Int32 = 0
    let code = curl_multi_perform(multi, &running)
    var finished = stillborn
    stillborn = []
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let pointer = message.pointee.easy_handle,
        let exchange = CurlHandle.exchange(of: pointer)
      else { continue }
      finished.append(end(exchange, ccurl_result(message)))
    }
    if code != CURLM_OK { finished += endAll() }
    inFlight -= finished.count
    return finished
  }

  private func end(_ exchange: CurlExchange, _ code: CURLcode) -> FinishedExchange {
    curl_multi_remove_handle(multi, exchange.handle.pointer)
    idle.append(exchange)
    return exchange.end(code)
  }

  /// libcurl can go no further (out of memory): whatever was under way has failed, one way or the other.
  private func endAll() -> [FinishedExchange] {
    exchanges.filter(\.isActive).map { end($0, CURLE_OUT_OF_MEMORY) }
  }

  private func sleep(until deadline: MonotonicInstant?, wakingOn descriptor: FileDescriptor?) {
    var extra = curl_waitfd(fd: descriptor?.rawValue ?? -1, events: Int16(CURL_WAIT_POLLIN), revents: 0)
    let time = deadline?.remaining.wholeMilliseconds ?? .max
    curl_multi_poll(multi, &extra, descriptor == nil ? 0 : 1, time, nil)
  }
}

/// libcurl's state for the whole process, set up with the first transport and used to its end. Flags beyond the default
/// are not needed: OpenSSL sets itself up when it is used.
private let globalState = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

extension MonotonicInstant? {
  fileprivate var hasPassed: Bool { self.map { $0.remaining == .zero } ?? false }
}

extension FileDescriptor? {
  /// Whether there is something to read, or the end of it.
  fileprivate var isReadable: Bool {
    guard let self else { return false }
    // A descriptor that cannot be asked must not be waited on either.
    do { return try self.waitUntilReadable(atMost: .zero) } catch { return true }
  }
}

extension CurlTransport {
  private static func requireReadable(_ caFile: String?) throws(TransportSetupError) {
    guard let caFile else { return }
    do {
      try Files.openForReading(caFile).close()
    } catch {
      throw .caFile(error)
    }
  }
}
