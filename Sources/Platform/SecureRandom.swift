/// Randomness that nobody can foresee, from the system.
public enum SecureRandom {
  /// That many random bytes.
  public static func bytes(_ count: Int) -> [UInt8] {
    // The standard library's generator reads getrandom or arc4random: both are made for secrets.
    (0..<count).map { _ in UInt8.random(in: 0...UInt8.max) }
  }
}
