import CLibrary

/// Why another user may have written a file.
public enum TrustProblem: Hashable, Sendable {
  case writableByOthers
  /// Its owner is neither this user nor root.
  case anotherUsers(owner: UInt32)
  /// Anyone can replace it in this directory, or a link or directory on its path.
  case inOpenFolder(String)
}

/// A file's content and status when it was read.
public struct LoadedFile: Sendable {
  public var bytes: [UInt8]
  /// Nil if unknown.
  public var status: FileStatus?
  /// Nil if the file can be trusted. Pipes, devices, and the like aren't checked.
  public var distrust: TrustProblem?

  public init(bytes: [UInt8], status: FileStatus? = nil, distrust: TrustProblem? = nil) {
    self.bytes = bytes
    self.status = status
    self.distrust = distrust
  }
}

extension FileStatus {
  /// Why `user` can't trust a file with this status; nil if there is no reason.
  public func distrust(by user: UInt32) -> TrustProblem? {
    guard kind == .file else { return nil }
    if owner != user && owner != 0 { return .anotherUsers(owner: owner) }
    return mode & 0o022 != 0 ? .writableByOthers : nil
  }
}

extension Files {
  /// Reads a whole file, like `read`, and checks whether it can be trusted. Checks the open file, so that it can't
  /// be replaced in between.
  public static func readJudged(_ path: String, limit: Int) throws(SystemError) -> LoadedFile {
    let file = try openForReading(path)
    defer { file.close() }
    do {
      let status = try file.status()
      let folder = status.kind == .file ? openFolder(onTheWayTo: path) : nil
      return LoadedFile(
        bytes: try file.readAll(limit: limit), status: status,
        distrust: status.distrust(by: CurrentUser.id) ?? folder.map(TrustProblem.inOpenFolder))
    } catch {
      throw error.at(path)
    }
  }

  /// The first directory in which anyone could replace the file, or part of its path; nil if there is none. The
  /// file doesn't have to exist.
  public static func openFolder(onTheWayTo path: String) -> String? {
    foldersOnTheWay(to: path).first { status($0)?.isOpenFolder ?? false }
  }

  /// All directories that the system searches to find the file, including those of links, starting at the root.
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

  /// Nil if it isn't a link.
  private static func linkTarget(_ path: String) -> String? {
    var bytes = [CChar](repeating: 0, count: 4096)
    let count = readlink(path, &bytes, bytes.count)
    return count > 0 ? String(decoding: bytes.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
  }

  /// The path with all links resolved; nil if it leads to nothing.
  static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(validatingCString: resolved)
  }
}
