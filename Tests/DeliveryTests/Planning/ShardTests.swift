import Testing

@testable import Delivery

@Suite struct ShardTests {
  @Test(arguments: [
    "0/3", "4/3", "1/0", "1", "1/2/3", "", "/", "-1/3", "+1/3", "a/b", "1/ 3", "١/٣", "99999999999999999999/3",
  ])
  func onlyKOfNIsAShard(_ text: String) {
    #expect(Shard(text) == nil)
  }

  @Test(arguments: [1, 2, 3, 7])
  func everyNumberIsInExactlyOneShardAndTheyAreOfLikeSize(count: Int) throws {
    let shards = try (1...count).map { try #require(Shard("\($0)/\(count)")) }
    var sizes = Array(repeating: 0, count: count)
    for number in 0..<7000 {
      let homes = shards.indices.filter { shards[$0].contains("+1555\(0_100_000 + number)") }
      #expect(homes.count == 1)
      for home in homes { sizes[home] += 1 }
    }
    #expect(sizes.allSatisfy { abs($0 - 7000 / count) < 300 })
  }

  /// Machines with different versions share a job: these never change.
  @Test(arguments: [("+15550100001", 2), ("+15550100002", 1), ("+15550100003", 4), ("+4915550100004", 4), ("", 3)])
  func theShardOfANumberIsTheSameForEver(_ number: String, _ index: Int) throws {
    let home = try (1...5).filter { try #require(Shard(index: $0, count: 5)).contains(number) }
    #expect(home == [index])
  }
}
