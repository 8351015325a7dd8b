import CLibrary

// Calls whose names our methods hide where they are used. What differs between systems is in `CLibrary`.

func systemOpen(_ path: String, _ flags: Int32, mode: UInt32 = 0) -> Int32 { open(path, flags, mode_t(mode)) }

func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}

func systemClose(_ descriptor: Int32) { _ = close(descriptor) }

func systemLock(_ descriptor: Int32, _ operation: Int32) -> Int32 { flock(descriptor, operation) }

func systemKill(_ process: pid_t, _ signal: Int32) { _ = kill(process, signal) }

func systemExit(_ code: Int32) -> Never { _exit(code) }

extension sigaction {
  /// Whether a signal leads to this handler, `SIG_DFL` or `SIG_IGN`.
  func leads(to disposition: (@convention(c) (Int32) -> Void)?) -> Bool {
    address == unsafeBitCast(disposition, to: Int.self)
  }
}

/// The mark of the file at a path, or of an open one.
func systemFileMark(_ path: String, of descriptor: Int32?) -> FileMark? {
  var status = stat()
  guard (descriptor.map { fstat($0, &status) } ?? stat(path, &status)) == 0 else { return nil }
  return FileMark(inode: UInt64(status.st_ino), birth: birthTime(status, path, of: descriptor))
}
