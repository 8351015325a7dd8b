import CLibrary

/// The pipes to and from a program, and their data.
struct SubprocessPipes {
  /// Why the transfer ended.
  enum Ending: Hashable {
    case programEnded, deadlinePassed, stopped, tooMuchOutput
  }

  private(set) var stdout = Drain()
  private(set) var stderr = Drain()
  private var feeds: [Feed] = []
  private let outputLimit: Int
  /// The program's ends of the pipes, with their descriptor numbers in the program.
  private(set) var programEnds: [(ours: FileDescriptor, theirs: Int32)] = []

  init(outputLimit: Int) {
    self.outputLimit = outputLimit
  }

  /// Adds a pipe that sends bytes to a descriptor of the program.
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

  /// Adds a pipe that collects the program's standard error; without one, it is ours.
  mutating func collectErrors() throws(SystemError) {
    let pipe = try Pipe()
    stderr = Drain(from: pipe.reading)
    programEnds.append((pipe.writing, 2))
  }

  /// Closes the program's ends, which it has copies of.
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

  /// Moves bytes until `ended` reaches its end of file and the pipes are empty, or until `stop` is readable.
  ///
  /// An end of file on the pipes isn't reliable: a daemon that the program left behind may keep them open forever.
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

  /// Waits until there is something to do; returns whether the program has ended, and why to stop, if there is a
  /// reason.
  private func wait(
    until deadline: MonotonicInstant, _ stop: FileDescriptor?, _ ended: FileDescriptor
  ) throws(SystemError) -> (hasEnded: Bool, ending: Ending?) {
    // `poll` ignores a descriptor of -1.
    var polled = [ended, stop, stdout.descriptor, stderr.descriptor].map {
      pollfd(fd: $0?.rawValue ?? -1, events: Int16(POLLIN), revents: 0)
    }
    polled += feeds.map { pollfd(fd: $0.descriptor?.rawValue ?? -1, events: Int16(POLLOUT), revents: 0) }
    try SystemError.check("poll") { poll(&polled, nfds_t(polled.count), pollTimeout(until: deadline)) }
    let (hasEnded, isStopped) = (polled[0].revents != 0, polled[1].revents != 0)
    if isStopped { return (hasEnded, .stopped) }
    // Checks the time instead of the result of `poll`, which always finds something if a program keeps writing.
    return (hasEnded, !hasEnded && deadline.remaining == .zero ? .deadlinePassed : nil)
  }
}

/// The bytes to write to a pipe.
private struct Feed {
  private(set) var descriptor: FileDescriptor?
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8], into descriptor: FileDescriptor) {
    descriptor.makeNonBlocking()
    self.descriptor = descriptor
    rest = bytes[...]
  }

  /// Writes as much as fits; closes the pipe after the last byte, or if the program stops reading.
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

/// The bytes read from a pipe.
struct Drain {
  private(set) var descriptor: FileDescriptor?
  private(set) var bytes: [UInt8] = []

  init() {}

  init(from descriptor: FileDescriptor) {
    descriptor.makeNonBlocking()
    self.descriptor = descriptor
  }

  /// Reads what is available, at most one chunk; returns false if there was nothing.
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
