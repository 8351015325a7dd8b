#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Platform

/// The program as users have it: a process of its own, in an environment that holds only what a test puts there.
struct Tool {
  /// Home folder and current folder.
  var folder: String
  var variables: [String: String] = [:]

  /// Path of the program: it lies beside the test bundle.
  static let path: String = {
    var folder = imagePath
    while let slash = folder.lastIndex(of: "/") {
      folder = String(folder[..<slash])
      if access("\(folder)/sms", X_OK) == 0 { return "\(folder)/sms" }
    }
    return "sms"
  }()

  /// Runs the program and waits for its end; after a minute it is killed, and the test fails.
  func run(_ arguments: [String], input: [UInt8] = []) throws -> Run {
    try shell("exec \"$@\"", [Self.path] + arguments, input: input)
  }

  func run(_ arguments: String..., input: String = "") throws -> Run {
    try run(arguments, input: Array(input.utf8))
  }

  /// Runs a script of `/bin/sh` in the folder, with the program as `sms` on its `PATH`.
  func shell(_ script: String, _ arguments: [String] = [], input: [UInt8] = []) throws -> Run {
    Run(
      try Subprocess.run(
        command(script, arguments), input: input, environment: environment, timeout: .seconds(60),
        outputLimit: 64 << 20))
  }

  /// The command line that runs a script in the folder.
  func command(_ script: String, _ arguments: [String]) -> [String] {
    ["/bin/sh", "-c", "cd \"$1\" || exit 99; shift\n\(script)", "sh", folder] + arguments
  }

  /// What the program sees of its environment.
  var environment: [String: String] {
    let folderOfProgram = Self.path.dropLast("/sms".count)
    return ["PATH": "\(folderOfProgram):/usr/bin:/bin", "HOME": folder].merging(variables) { $1 }
  }
}

extension Tool {
  /// The tool with a profile for each provider, all of them led to one address, with keys that no other text has in it.
  init(folder: String, profilesAt url: String) throws {
    self.init(folder: folder, variables: ["SMS_CONFIG": "all.toml", "SMS_BASE_URL": url])
    try Files.replace("\(folder)/all.toml", Array(Self.profiles.utf8))
  }

  private static let profiles = """
    [profiles.vpixelpro]
    provider = "vpixelpro"
    key = "vpixelpro-secret"

    [profiles.sendapp]
    provider = "sendapp"
    key = "sendapp-secret"

    [profiles.voipcomm]
    provider = "voipcomm"
    key = "voipcomm-secret"
    password = "voipcomm-password"
    from = "+15550100101"

    [profiles.voximplant]
    provider = "voximplant"
    account_id = "1000001"
    api_key = "voximplant-secret"
    from = "+15550100102"

    [profiles.smsit]
    provider = "smsit"
    key = "smsit-secret"
    from = "+15550100103"

    """
}

/// Path of the file that this very code was loaded from: on Linux the test program, on macOS a bundle.
private var imagePath: String {
  #if canImport(Glibc)
    let path = realpath("/proc/self/exe", nil)
  #else
    var image = Dl_info()
    let path = dladdr(#dsohandle, &image) == 0 ? nil : realpath(image.dli_fname, nil)
  #endif
  guard let path else { return "" }
  defer { free(path) }
  return String(cString: path)
}
