/// The program's version (Semantic Versioning); `CHANGELOG.md` lists the changes.
package enum Version {
  package static let current = "0.1.0"
  /// The release date in the format of mdoc(7), for the man page.
  package static let date = "November 21, 2026"
}
