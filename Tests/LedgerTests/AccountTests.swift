import Messaging
import Platform
import TestSupport
import Testing

@testable import Ledger

/// Whose message a record is.
@Suite(.ownThread) struct AccountTests {
  /// Accounts that are none of the one that the others are about.
  static let others: [(String, Account)] = [
    ("another provider", account("sendapp")), ("another key", account(key: "other")),
    (
      "another address",
      Account(provider: "smsit", baseURL: "https://sms.example:8443", credentials: .form([FormField("key", "secret")]))
    ),
    (
      "another way to prove it",
      Account(
        provider: "smsit", baseURL: "https://sms.example",
        credentials: .authorization(.basic(user: "key", password: "secret")))
    ),
  ]

  private static func other(_ name: String) throws -> Account {
    try #require(others.first { $0.0 == name }?.1)
  }

  private static func request(_ name: String?, _ account: Account) -> JobRequest {
    var request = JobRequest(account: account, profile: "office")
    request.name = name
    return request
  }

  @Test("A job's name is for one account, which is told to others", arguments: others.map(\.0))
  func names(name: String) throws {
    let other = try Self.other(name)
    try withState { folder in
      let ledger = try ledger(folder)
      try ledger.begin("spring").claim(1)
      let openings = [
        try ledger.open(Self.request("spring", other), Plan().rows()), try ledger.reopen("spring", as: other),
        try ledger.reopen("spring", Self.request(nil, other), Plan().rows()),
      ]
      #expect(openings.map(\.word) == ["other account", "other account", "other account"])
      let owner = JobOwner(job: "spring", provider: "smsit", profile: "office", baseURL: "https://sms.example")
      #expect(try ledger.owner(ofJob: "spring") == owner)
      #expect(try ledger.reopen("spring").word == "again", "nothing is taken over")
      try #require(try ledger.close("spring").isClosed)
      #expect(try ledger.reopen("spring", as: other).word == "abandoned", "that matters more")
    }
  }

  @Test("A job of which nothing ever left moves to other credentials for its address, and to no other address")
  func moves() throws {
    try withState { folder in
      let wrong = account(key: "wrong")
      _ = try #require(try ledger(folder).open(Self.request("spring", wrong), Plan().rows()).job)
      for (name, other) in Self.others where other.baseURL != wrong.baseURL || other.provider != wrong.provider {
        #expect(try ledger(folder).reopen("spring", as: other).word == "other account", "\(name)")
      }
      var job = try ledger(folder).open(Self.request("spring", account()), Plan().rows()).job
      #expect(job?.isNew == false)
      #expect(try ledger(folder).reopen("spring", as: wrong).word == "busy")
      try job?.claim(1)
      job = nil
      #expect(try ledger(folder).reopen("spring", as: wrong).word == "other account", "now something has left")
      #expect(try ledger(folder).reopen("spring").word == "again")
    }
  }

  @Test("Without a name, the same list of another account is another job", arguments: others.map(\.0))
  func unnamed(name: String) throws {
    let request = Self.request(nil, try Self.other(name))
    try withState { folder in
      let ledger = try ledger(folder)
      let first = try ledger.begin()
      #expect(try ledger.wouldBegin(request, Plan().rows()))
      #expect(try ledger.open(request, Plan().rows()).word == "new")
      #expect(try ledger.open(request, Plan().rows()).word == "unfinished")
      _ = first
    }
  }

  @Test("Without a name, a list of which nothing was sent with a wrong key is closed when the right one begins it")
  func wrongKey() throws {
    try withState { folder in
      let wrong = Self.request(nil, account(key: "wrong"))
      let unsent = try #require(try ledger(folder).open(wrong, Plan().rows()).job).name
      let sent = try #require(try ledger(folder).open(wrong.named("sent"), Plan().rows()).job)
      try sent.claim(1)
      #expect(try ledger(folder).open(Self.request(nil, account()), Plan().rows()).word == "new")
      #expect(try ledger(folder).reopen(unsent, as: account()).word == "abandoned", "it would be sent twice")
      #expect(try ledger(folder).record("sent")?.state == .running)
    }
  }

  @Test("The same account is known again when its address is written in another way, and by every process")
  func sameAccount() throws {
    let again = Account(
      provider: "smsit", baseURL: "HTTPS://SMS.example:443/", credentials: .form([FormField("key", "secret")]))
    try withState { folder in
      _ = try ledger(folder).begin("spring")
      #expect(try ledger(folder).reopen("spring", as: again).word == "again")
    }
  }

  @Test("Ids are known by the account that gave them out", arguments: others.map(\.0))
  func knownIDs(name: String) throws {
    let other = try Self.other(name)
    try withState { folder in
      let ledger = try ledger(folder)
      let job = try ledger.begin("spring")
      try job.claim(1, 2)
      try job.settle(.accepted, 1, 2)
      #expect(Set(try job.messages(named: ["id1", "id2", "id9"]).map(\.id)) == ["id1", "id2"])
      let foreign = try #require(try ledger.open(Self.request("summer", other), Plan(first: 9).rows()).job)
      #expect(try foreign.messages(named: ["id1", "id2", "id9"]).isEmpty)
      #expect(try ledger.origins(of: .id("id1"), for: account()).map(\.isOfAccount) == [true])
      #expect(
        try ledger.origins(of: .id("id1"), for: other)
          == [MessageOrigin(provider: "smsit", profile: "office", isOfAccount: false)])
      #expect(try ledger.origins(of: .id("id9"), for: account()) == [])
    }
  }

  @Test("What is unknown or under way counts in its account alone", arguments: others.map(\.0))
  func unknownElsewhere(name: String) throws {
    let other = try Self.other(name)
    try withState { folder in
      let ledger = try ledger(folder)
      let job = try ledger.begin("spring", Plan(count: 1))
      let foreign = try #require(try ledger.open(Self.request("summer", other), Plan(count: 1).rows()).job)
      try foreign.claim(1)
      #expect(try job.unknownElsewhere().isEmpty)
      let own = try ledger.begin("autumn", Plan(count: 1, body: "Bye"))
      try own.claim(1)
      #expect(try job.unknownElsewhere().map(\.body) == ["Bye"])
    }
  }

  @Test("Of a credential there is only a fingerprint, and another one in each ledger")
  func fingerprints() throws {
    let secret = "correct-horse-battery-staple"
    func prints(_ folder: String) throws -> [[UInt8]] {
      let ledger = try ledger(folder)
      _ = try ledger.open(Self.request("spring", account(key: secret)), Plan().rows())
      let select = try ledger.database.prepare("SELECT fingerprint FROM account")
      var prints: [[UInt8]] = []
      while try select.next() { prints.append(select.bytes("fingerprint")) }
      return prints
    }
    try withState { folder in
      let all = try [folder, folder, "\(folder)2"].flatMap(prints)
      #expect(all.count == 3 && all[0] == all[1] && all[1] != all[2])
      let bare = account(key: secret).fingerprint(keyedBy: [])
      for file in Ledger.files(in: folder) {
        let bytes = (try? Files.read(file, limit: 1 << 24)) ?? []
        for needle in [Array(secret.utf8), bare, SHA256.digest(of: secret.utf8)] {
          #expect(!bytes.contains(needle), "\(file)")
        }
      }
    }
  }
}

extension CloseJobResult {
  fileprivate var isClosed: Bool { if case .closed = self { true } else { false } }
}

extension JobRequest {
  fileprivate func named(_ name: String) -> JobRequest {
    var request = self
    request.name = name
    return request
  }
}
