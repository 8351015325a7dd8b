# Homebrew formula, which builds from source. 'make dist' writes the version and the checksum; whoever releases it fills in
# the address of the tarball.
class Sms < Formula
  desc "Send text messages from the command line"
  homepage "https://sms.example/"
  url "https://sms.example/releases/sms-@VERSION@.tar.xz"
  sha256 "@SHA256@"
  license "MIT"

  uses_from_macos "swift" => :build, since: :sequoia
  uses_from_macos "curl"
  uses_from_macos "sqlite"

  def install
    # Homebrew builds in a sandbox of macOS, in which SwiftPM can't make its own.
    args = OS.mac? ? ["SWIFT_FLAGS=--disable-sandbox"] : []
    system "make", "build", *args
    system "make", "install", "PREFIX=#{prefix}"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/sms --version")
    assert_match "planned", shell_output("SMS_PROVIDER=sendapp SMS_KEY=k #{bin}/sms send +15550100001 Hello --dry-run")
  end
end
