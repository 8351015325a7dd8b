import CLibrary

/// The pipes to and from a program, and what goes through them.
struct SubprocessPipes {
  /// How moving bytes came to its end.
  enum Ending: Hashable {
    case programEnded, deadlinePassed, stopped, tooMuchOutput
  }

  private(set) var stdout = Drain()
  private(set) var stderr = Drain()
  private var feeds: [Feed] = []
  private let outputLimit: Int
  /// The program's ends, with their numbers over there.
  private(set) var programEnds: [(ours: FileDescriptor, theirs: Int32)] = []

  init(outputLimit: Int) {
    self.outputLimit = outputLimit
  }

  /// Adds a pipe that brings those bytes to the program's descriptor of that number.
  mutating func feed(_ bytes: [UInt8], to number: Int32) throws(SystemError) {
    let pipe = try Pipe()
    feeds.append(Feed(bytes, into: pipe.writing))
    programEnds.append((pipe.reading, number))
  }

  /// Adds the pipe that collects the program's standard output.
  mutating func collectOutput() throws(SystemError) {
    let pipe = try Pipe()
    stdout = Drain(from: pipe.reading)
    programEnds.append((pipe.writing, 1))
  }

  /// Adds the pipe that collects its standard error, which is ours without.
  mutating func collectErrors() throws(SystemError) {
    let pipe = try Pipe()
    stderr = Drain(from: pipe.reading)
    programEnds.append((pipe.writing, 2))
  }

  /// Closes the program's ends: it has its own copies now.
  mutating func closeProgramEnds() {
    for end in programEnds { end.ours.close() }
    programEnds = []
  }

  mutating func close() {
    closeProgramEnds()
    for index in feeds.indices { feeds[index].close() }
    stdout.close()
    stderr.close()
  }

  /// Moves bytes until `ended` gets its end of file, and then what is left in the pipes; or until `stop` is readable.
  ///
  /// The pipes' own ends of file prove nothing: a daemon the program left behind may hold them for ever.
  mutating func move(
    until deadline: MonotonicInstant, stop: FileDescriptor?, ended: FileDescriptor
  ) throws(SystemError) -> Ending {
    while true {
      let (hasEnded, ending) = try wait(until: deadline, stop, ended)
      if let ending { return ending }
      for index in feeds.indices { try feeds[index].step() }
      let hasRead = [try stdout.step(), try stderr.step()]
      if max(stdout.bytes.count, stderr.bytes.count) > outputLimit { return .tooMuchOutput }
      if hasEnded && !hasRead.contains(true) { return .programEnded }
    }
  }

  /// Waits for anything to do; says whether the program has ended, and why not to go on.
  private func wait(
    until deadline: MonotonicInstant, _ stop: FileDescriptor?, _ ended: FileDescriptor
  ) throws(SystemError) -> (hasEnded: Bool, ending: Ending?) {
    // A descriptor of -1 is skipped by poll.
    var polled = [ended, stop, stdout.descriptor, stderr.descriptor].map {
      pollfd(fd: $0?.rawValue ?? -1, events: Int16(POLLIN), revents: 0)
    }
    polled += feeds.map { pollfd(fd: $0.descriptor?.rawValue ?? -1, events: Int16(POLLOUT), revents: 0) }
    try SystemError.check("poll") { poll(&polled, nfds_t(polled.count), pollTimeout(until: deadline)) }
    let (hasEnded, isStopped) = (polled[0].revents != 0, polled[1].revents != 0)
    if isStopped { return (hasEnded, .stopped) }
    // Not whether poll found nothing: with a program that keeps writing it always finds something.
    return (hasEnded, !hasEnded && deadline.remaining == .zero ? .deadlinePassed : nil)
  }
}

/// Bytes on their way into a pipe.
private struct Feed {
  private(set) var descriptor: FileDescriptor?
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8], into descriptor: FileDescriptor) {
    descriptor.makeNonBlocking()
    self.descriptor = descriptor
    rest = bytes[...]
  }

  /// Writes what fits; closes the pipe after the last byte, or when the program does not want more.
  mutating func step() throws(SystemError) {
    guard let descriptor else { return }
    do {
      if !rest.isEmpty { rest = rest.dropFirst(try descriptor.writeSome(rest)) }
      if rest.isEmpty { close() }
    } catch let error where error.wouldBlock {
      return
    } catch let error where error.isBrokenPipe {
      close()
    }
  }

  mutating func close() {
    descriptor?.close()
    descriptor = nil
  }
}

/// Bytes that came out of a pipe.
struct Drain {
  private(set) var descriptor: FileDescriptor?
  private(set) var bytes: [UInt8] = []

  init() {}

  init(from descriptor: FileDescriptor) {
    descriptor.makeNonBlocking()
    self.descriptor = descriptor
  }

  /// Reads what is there, at most one chunk; false when there was nothing.
  mutating func step() throws(SystemError) -> Bool {
    guard let descriptor else { return false }
    do {
      let chunk = try descriptor.readSome(upTo: chunkSize)
      bytes += chunk
      if chunk.isEmpty { close() }
      return !chunk.isEmpty
    } catch let error where error.wouldBlock {
      return false
    }
  }

  mutating func close() {
    descriptor?.close()
    descriptor = nil
  }
}
