import CLibrary

/// Converts text from another encoding to UTF-8, in pieces (`iconv`, POSIX).
public final class TextConversion {
  private let converter: iconv_t
  /// The start of an incomplete character.
  private var rest: [UInt8] = []
  /// The number of input bytes before the first that is invalid in the encoding, or before an incomplete character.
  public private(set) var offset = 0

  /// Nil if this system doesn't know the encoding.
  public init?(from encoding: String) {
    guard let converter = iconv_open("UTF-8", encoding), converter != iconv_t(bitPattern: -1) else { return nil }
    self.converter = converter
  }

  deinit {
    iconv_close(converter)
  }

  /// Converts the next bytes, except for an incomplete character at the end; nil if they are invalid in the encoding.
  public func convert(_ piece: [UInt8]) -> [UInt8]? {
    var input = rest + piece
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: max(64, input.count * 2))
    var used = 0
    defer { offset += used }
    while used < input.count {
      let (read, written, code) = step(&input, from: used, &chunk)
      output += chunk.prefix(written)
      used += read
      if code == EINVAL { break }
      // EILSEQ, or what some systems return instead: to continue without progress would loop forever.
      if code != 0 { return nil }
    }
    rest = Array(input.dropFirst(used))
    return output
  }

  /// Whether the input may end here, as it doesn't end within a character.
  public var isWhole: Bool { rest.isEmpty }

  /// Converts as much as fits; returns how much was read and written, and why it stopped (0 at the end).
  private func step(
    _ input: inout [UInt8], from start: Int, _ output: inout [UInt8]
  ) -> (read: Int, written: Int, code: Int32) {
    input.withUnsafeMutableBytes { input in
      output.withUnsafeMutableBytes { output in
        var source = input.baseAddress.map { ($0 + start).assumingMemoryBound(to: CChar.self) }
        var target = output.baseAddress?.assumingMemoryBound(to: CChar.self)
        var (unread, free) = (input.count - start, output.count)
        let result = iconv(converter, &source, &unread, &target, &free)
        let code = result == Int(bitPattern: UInt.max) ? errno : 0
        return (input.count - start - unread, output.count - free, code == E2BIG ? 0 : code)
      }
    }
  }
}
