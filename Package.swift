// swift-tools-version: 6.0
import PackageDescription

/// In CI, warnings are errors. Elsewhere, a newer compiler may have new warnings.
let strict: [SwiftSetting] = Context.environment["CI"] == nil ? [] : [.unsafeFlags(["-warnings-as-errors"])]

/// Settings of the program: the standard library's regular expressions (1.25 MB) are not linked by default.
let lean = strict + [.unsafeFlags(["-Xfrontend", "-disable-implicit-string-processing-module-import"])]

/// A library target with the tests of the same name, both compiled strictly.
///
/// With `snapshots`, the directory of the tests contains a directory `__Snapshots__` of texts to compare to.
func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], testing: [Target.Dependency] = [], snapshots: Bool = false
) -> [Target] {
  [
    .target(name: name, dependencies: dependencies, swiftSettings: lean),
    .testTarget(
      name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies + ["TestSupport"] + testing,
      exclude: snapshots ? ["__Snapshots__"] : [], swiftSettings: strict),
  ]
}

/// The libraries with their tests.
let modules: [[Target]] = [
  module("Platform", ["CLibrary", "TextFormats"]),
  module("CommandLineKit", ["TextFormats"], testing: ["Platform"], snapshots: true),
  module("TextFormats"),
  module("Messaging", ["TextFormats"]),
  module("Providers", ["Messaging", "TextFormats"]),
  module("HTTPTransport", ["CCurl", "CLibrary", "Messaging", "Platform", "TextFormats"]),
  module("Ledger", ["CSQLite", "Messaging", "Platform", "TextFormats"]),
  module("Delivery", ["HTTPTransport", "Ledger", "Messaging", "Platform", "TextFormats"]),
  module("Sandbox", ["CLibrary", "Messaging", "Platform", "TextFormats"]),
  module("Output", ["Messaging", "TextFormats"]),
  module("Configuration", ["CommandLineKit", "Messaging", "Output", "Platform", "Providers", "TextFormats"]),
  module(
    "Application",
    [
      "CommandLineKit", "Configuration", "Delivery", "HTTPTransport", "Ledger", "Messaging", "Output", "Platform",
      "Providers", "TextFormats",
    ]),
  module(
    "Commands",
    [
      "Application", "CommandLineKit", "Configuration", "Delivery", "HTTPTransport", "Ledger", "Messaging", "Output",
      "Platform", "Providers", "Sandbox", "TextFormats",
    ]),
]

/// The program, and targets that aren't libraries with tests.
let others: [Target] = [
  // The system's C library; everything that differs between systems is in a single file for each system.
  .target(
    name: "CLibrary", swiftSettings: lean,
    linkerSettings: [.linkedLibrary("iconv", .when(platforms: [.macOS]))]),
  // Loads the system's libcurl when it is first needed; building only requires its headers.
  .target(name: "CCurl", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
  .systemLibrary(
    name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
  .target(
    name: "TestSupport", dependencies: ["Platform", "TextFormats"], path: "Tests/TestSupport", swiftSettings: strict),
  .executableTarget(name: "sms", dependencies: ["Application", "Commands", "Platform"], swiftSettings: lean),
  .testTarget(
    name: "EndToEndTests",
    dependencies: ["TestSupport", "Ledger", "Messaging", "Platform", "Sandbox", "TextFormats", "sms"],
    swiftSettings: strict),
]

// Each list has an explicit type, as Swift 6.0 can't type-check them in one expression.
let package = Package(
  name: "sms",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "sms", targets: ["sms"])],
  targets: others + modules.flatMap { $0 },
  swiftLanguageModes: [.v6]
)
