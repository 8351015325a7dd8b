import Platform

/// The `openssl` program, which does the one piece of cryptography that is not ours to write.
public enum OpenSSL {
  /// Signs with RS256. The key goes through a pipe and never lies on a disk or in an argument.
  public static func sign(_ bytes: [UInt8], privateKey: String) throws(SigningError) -> [UInt8] {
    let output: Subprocess.Output
    do {
      output = try Subprocess.run(
        ["openssl", "dgst", "-sha256", "-sign", "/dev/fd/3"], input: bytes, secondInput: [UInt8](privateKey.utf8),
        timeout: .seconds(10))
    } catch {
      throw .program(error)
    }
    guard output.status == .exited(0), !output.stdout.isEmpty else {
      throw .key(String(decoding: output.stderr, as: UTF8.self))
    }
    return output.stdout
  }
}
