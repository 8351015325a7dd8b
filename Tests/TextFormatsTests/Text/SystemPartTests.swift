import Testing
import TextFormats

/// The command that is shown where something is missing can be pasted.
@Suite struct SystemPartTests {
  static let systems: [(osRelease: String, SystemDependency, says: String)] = [
    ("ID=debian\nVERSION_ID=\"13\"\n", .libcurl, "run: sudo apt install libcurl4"),
    ("NAME=Ubuntu\nID=ubuntu\nID_LIKE=debian\n", .certificates, "run: sudo apt install ca-certificates"),
    ("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", .unzip, "run: sudo apt install unzip"),
    ("ID=fedora\n", .libcurl, "run: sudo dnf install libcurl"),
    ("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", .sqlite, "run: sudo dnf install sqlite-libs"),
    ("ID=alpine\n", .timeZones, "run: sudo apk add tzdata"),
    ("ID='opensuse-leap'\nID_LIKE='suse opensuse'\n", .timeZones, "run: sudo zypper install timezone"),
    ("ID=arch", .openssl, "run: sudo pacman -S openssl"),
    ("ID=solus\n", .libcurl, "install libcurl 4"), ("", .openssl, "install openssl"), ("ID", .unzip, "install unzip"),
  ]

  @Test("By the name in os-release, else by those that it is like", arguments: systems)
  func installation(_ osRelease: String, _ part: SystemDependency, _ says: String) {
    #expect(part.installation(osRelease: osRelease) == says)
  }
}
