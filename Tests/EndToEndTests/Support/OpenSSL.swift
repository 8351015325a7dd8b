import Platform

/// Whether the `openssl` program is installed, which some tests need.
let hasOpenSSL = (try? Subprocess.run(["openssl", "version"], timeout: .seconds(10))) != nil
