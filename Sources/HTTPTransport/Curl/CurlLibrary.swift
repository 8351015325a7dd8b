import CCurl
import Platform

/// libcurl as a whole, loaded and set up once for the process.
public enum CurlLibrary {
  /// Begins to load libcurl on another thread, for a program that is going to need it but has other things to do first.
  ///
  /// Setting it up is left to the first transport: should the program end before, nothing of OpenSSL's is half done.
  public static func preload() {
    try? DetachedThread.start { _ = loadingObstacle }
  }

  /// Why libcurl cannot be used; nil when it is loaded and set up, which the first use does.
  static let obstacle = loadingObstacle ?? ccurl_set_up().map { String(cString: $0) }

  private static let loadingObstacle = ccurl_load().map { String(cString: $0) }
}
