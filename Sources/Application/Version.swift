/// The program's version (Semantic Versioning); `CHANGELOG.md` says what is in it.
package enum Version {
  package static let current = "0.1.0"
  /// When it was made, as mdoc(7) writes a date: it stands on the man page.
  package static let date = "November 21, 2026"
}
