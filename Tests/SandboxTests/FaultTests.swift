import Testing

@testable import Sandbox

@Suite struct FaultTests {
  static let written: [(text: String, fault: Fault?)] = [
    ("hang", Fault(.hang)), ("http-500=0.25", Fault(.http500, probability: 0.25)),
    ("slow=1", Fault(.slow)), ("garbage=0", Fault(.garbage, probability: 0)),
    ("drop-before=1.0", Fault(.dropBefore)), ("truncate=0.001", Fault(.truncate, probability: 0.001)),
    ("", nil), ("Hang", nil), ("hang=", nil), ("hang=2", nil), ("hang=-1", nil), ("hang=1e-3", nil), ("hang=.5", nil),
    ("hang=0x1", nil), ("hang=nan", nil), ("hang=1.", nil), ("hang=0.5=0.5", nil), ("fire", nil),
  ]

  @Test("KIND and KIND=PROBABILITY are read strictly", arguments: written)
  func reading(text: String, fault: Fault?) {
    #expect(Fault(text) == fault)
  }

  @Test("The same seed replays the same faults, another seed others")
  func replay() {
    let faults = [Fault(.hang, probability: 0.3), Fault(.slow, probability: 0.3)]
    let rolled = { (seed: UInt64) in
      var dice = FaultDice(faults, seed: seed)
      return (0..<200).map { _ in dice.roll() }
    }
    #expect(rolled(7) == rolled(7))
    #expect(rolled(7) != rolled(8))
    #expect(Set(rolled(7)) == [nil, .hang, .slow])
  }

  @Test("Each fault strikes with its own probability, unless an earlier one strikes")
  func probabilities() {
    let faults = [Fault(.hang, probability: 0.1), Fault(.slow, probability: 0.3), Fault(.garbage, probability: 0.6)]
    var dice = FaultDice(faults, seed: 7)
    let rolled = (0..<1000).map { _ in dice.roll() }
    // Worked out apart from this code, from SplitMix64's sequence for this seed.
    #expect(
      rolled.prefix(16) == [
        .slow, .garbage, .garbage, .slow, nil, .garbage, nil, .garbage, .garbage, .garbage, .slow, nil, .hang, nil,
        .slow, nil,
      ])
    let counts = Dictionary(grouping: rolled) { $0 }.mapValues(\.count)
    #expect(counts == [.hang: 107, .slow: 273, .garbage: 368, nil: 252])
  }

  @Test("Probability 1 strikes always, 0 never, and the first that strikes counts")
  func extremes() {
    var dice = FaultDice([Fault(.hang, probability: 0), Fault(.slow), Fault(.garbage)], seed: 1)
    #expect((0..<1000).allSatisfy { _ in dice.roll() == .slow })
  }

  @Test("The generator is SplitMix64: the numbers that its authors' program gives for seed 1234567")
  func splitMix() {
    var random = SplitMix64(seed: 1_234_567)
    #expect(
      (0..<3).map { _ in random.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      ])
  }
}
