import Messaging
import Testing
import TextFormats

@testable import Providers

/// What holds for sending through any provider.
@Suite struct SendContractTests {
  @Test("Every provider is held to this contract")
  func coverage() {
    let covered = ProviderFixture.all.map { $0.type.descriptor.name }
    #expect(Set(covered) == Set(ProviderRegistry.all.map { $0.descriptor.name }))
  }

  @Test("Requests go below the base URL, without a query", arguments: ProviderFixture.all)
  func address(fixture: ProviderFixture) throws {
    var settings = fixture.settings
    settings.baseURL = "http://127.0.0.1:8080/base"
    let url = try fixture.type.init(settings).send(fixture.batch).request.url
    #expect(url.hasPrefix("http://127.0.0.1:8080/base/"))
    #expect(!url.contains("?"))
  }

  @Test("Secrets are marked wherever they are, and are in no address", arguments: ProviderFixture.all)
  func secrets(fixture: ProviderFixture) throws {
    let request = try fixture.send(fixture.batch).request
    #expect(Set(fixture.secrets).isSubset(of: request.secrets))
    for secret in fixture.secrets {
      #expect(!request.url.contains(secret))
      #expect(!request.form.contains { $0.value.contains(secret) && !$0.isSecret })
    }
  }

  @Test("Without one of its credentials, a profile has none", arguments: ProviderFixture.all)
  func missingSecrets(fixture: ProviderFixture) throws {
    let chosen = fixture.type.descriptor.credentials.filter { names in
      names.allSatisfy { fixture.settings.strings[$0] != nil || fixture.settings.files[$0] != nil }
    }
    #expect(chosen.count == 1)
    for name in chosen.joined() {
      for missing in [nil, "", " "] {
        var settings = fixture.settings
        settings.strings[name] = missing
        settings.files[name] = nil
        #expect(throws: SettingError.self, "\(name)") { try fixture.type.credentials(settings) }
      }
    }
  }

  @Test("Messages are checked without any secret", arguments: ProviderFixture.all)
  func checks(fixture: ProviderFixture) throws {
    var settings = fixture.settings
    for name in fixture.type.descriptor.credentials.joined() { settings.strings[name] = nil }
    settings.files = [:]
    let (whole, bare) = (try fixture.provider, try fixture.type.init(settings))
    #expect(bare.batchLimit == whole.batchLimit)
    for message in fixture.batch + fixture.strangers {
      #expect(bare.objection(to: message) == whole.objection(to: message))
      #expect(bare.batchKey(of: message) == whole.batchKey(of: message))
    }
  }

  @Test("No field is sent twice, and none empty", arguments: ProviderFixture.all)
  func fields(fixture: ProviderFixture) throws {
    let form = try fixture.send(fixture.batch).request.form
    #expect(Set(form.map(\.name)).count == form.count)
    #expect(form.allSatisfy { !$0.value.isEmpty })
  }

  @Test("A request has all of its messages in it", arguments: ProviderFixture.all)
  func completeness(fixture: ProviderFixture) throws {
    let provider = try fixture.provider
    #expect((1...provider.batchLimit).contains(fixture.batch.count))
    let values = provider.send(fixture.batch).request.form.map(\.value).joined(separator: "\n")
    for message in fixture.batch {
      #expect(values.contains(message.to.digits) && values.contains(message.body))
    }
  }

  @Test("Messages share a request only where it can say all of them", arguments: ProviderFixture.all)
  func batchKeys(fixture: ProviderFixture) throws {
    let provider = try fixture.provider
    #expect(Set(fixture.batch.map(provider.batchKey)).count == 1)
    for stranger in fixture.strangers {
      #expect(provider.batchKey(of: stranger) != provider.batchKey(of: fixture.batch[0]), "\(stranger)")
    }
  }

  @Test("Messages that share a request are sent byte for byte", arguments: ProviderFixture.all)
  func lookalikes(fixture: ProviderFixture) throws {
    let provider = try fixture.provider
    let batch = [message("caf\u{E9}"), message("cafe\u{301}", to: "+15550100002")]
    guard provider.batchKey(of: batch[0]) == provider.batchKey(of: batch[1]) else { return }
    let values = provider.send(batch).request.form.map { Array($0.value.utf8) }
    for message in batch {
      #expect(values.contains { $0.firstRange(of: Array(message.body.utf8)) != nil })
    }
  }

  @Test("A text is taken up to the documented length", arguments: ProviderFixture.all)
  func length(fixture: ProviderFixture) throws {
    let provider = try fixture.provider
    let limit = fixture.textLimit ?? 10_000
    #expect(provider.objection(to: message(String(repeating: "é", count: limit))) == nil)
    guard fixture.textLimit != nil else { return }
    let tooLong = SendObjection.tooLong(limit: limit, length: limit + 1)
    #expect(provider.objection(to: message(String(repeating: "é", count: limit + 1))) == tooLong)
    #expect(provider.objection(to: message(String(repeating: "x", count: limit - 1) + "😀")) == tooLong)
  }

  @Test("A reply that takes all messages settles each, in the order asked", arguments: ProviderFixture.all)
  func acceptance(fixture: ProviderFixture) throws {
    let records = try fixture.provider.outcome(of: fixture.batch, fixture.acceptance.document)
    #expect(records.map(\.to) == fixture.batch.map(\.to.e164))
    #expect(records.map(\.body) == fixture.batch.map(\.body))
    #expect(records.allSatisfy { [.accepted, .queued].contains($0.status) && $0.error == nil && $0.raw != nil })
    if fixture.takesBatches { #expect(records.map(\.id) == (100...103).map(String.init)) }
  }
}
