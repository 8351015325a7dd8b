import CLibrary

/// Why somebody else may have written what a file says.
public enum FileDistrust: Hashable, Sendable {
  case writableByOthers
  /// Neither this user's nor root's.
  case anotherUsers(owner: UInt32)
  /// Anybody may replace it in this folder, or a link or folder on the way to it.
  case inOpenFolder(String)
}

/// A file as it was when it was read.
public struct ReadFile: Sendable {
  public var bytes: [UInt8]
  /// Nil where that is not known.
  public var status: FileStatus?
  /// Nil where nothing speaks against it. Pipes, devices and the like are not judged.
  public var distrust: FileDistrust?

  public init(bytes: [UInt8], status: FileStatus? = nil, distrust: FileDistrust? = nil) {
    self.bytes = bytes
    self.status = status
    self.distrust = distrust
  }
}

extension FileStatus {
  /// What speaks against a file of this status, read by the user of that ID.
  public func distrust(by user: UInt32) -> FileDistrust? {
    guard kind == .file else { return nil }
    if owner != user && owner != 0 { return .anotherUsers(owner: owner) }
    return mode & 0o022 != 0 ? .writableByOthers : nil
  }
}

extension Files {
  /// Reads a whole file, as `read` does, and judges it: the open file itself, so that no other can take its place.
  public static func readJudged(_ path: String, limit: Int) throws(SystemError) -> ReadFile {
    let file = try openForReading(path)
    defer { file.close() }
    do {
      let status = try file.status()
      let folder = status.kind == .file ? openFolder(onTheWayTo: path) : nil
      return ReadFile(
        bytes: try file.readAll(limit: limit), status: status,
        distrust: status.distrust(by: CurrentUser.id) ?? folder.map(FileDistrust.inOpenFolder))
    } catch {
      throw error.at(path)
    }
  }

  /// The first folder in which anybody could replace the file, or what leads to it; nil for none. There need be no file.
  public static func openFolder(onTheWayTo path: String) -> String? {
    foldersOnTheWay(to: path).first { status($0)?.isOpenFolder ?? false }
  }

  /// Every folder in which the system looks something up to find the file, those of links included, from the root on.
  private static func foldersOnTheWay(to path: String) -> [String] {
    let start = path.hasPrefix("/") ? "" : currentFolder() ?? ""
    var (folders, folder, linksLeft) = ([String](), "", 40)
    var names: [Substring] = "\(start)/\(path)".split(separator: "/").reversed()
    while let name = names.popLast() {
      if name == "." { continue }
      if name == ".." { folder = parent(of: folder) ?? ""; continue }
      folders.append(folder.isEmpty ? "/" : folder)
      let place = "\(folder)/\(name)"
      guard linksLeft > 0, let target = linkTarget(place) else { folder = place; continue }
      linksLeft -= 1
      if target.hasPrefix("/") { folder = "" }
      names += target.split(separator: "/").reversed()
    }
    return folders
  }

  /// Nil for what is no link.
  private static func linkTarget(_ path: String) -> String? {
    var bytes = [CChar](repeating: 0, count: 4096)
    let count = readlink(path, &bytes, bytes.count)
    return count > 0 ? String(decoding: bytes.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
  }

  /// The path without links in it; nil where it leads nowhere.
  static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(validatingCString: resolved)
  }
}
