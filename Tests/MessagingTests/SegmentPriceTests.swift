import Messaging
import Testing

@Suite struct SegmentPriceTests {
  @Test(
    "Totals are exact, with as many digits after the point as the price has",
    arguments: [
      ("0.0075", 0, "0.0000"), ("0.0075", 1, "0.0075"), ("0.0075", 3, "0.0225"), ("0.0075", 4, "0.0300"),
      ("0.0075", 1_000_000, "7500.0000"), ("0.1", 3, "0.3"), ("0.07", 100, "7.00"), ("1.15", 3, "3.45"),
      ("1", 7, "7"), ("0", 7, "0"), ("0.0", 7, "0.0"), ("007.50", 2, "15.00"), ("0.000000001", 1, "0.000000001"),
      ("999999999.999999999", Int.max, "9223372036854775797776627963.145224193"),
    ])
  func total(price: String, segments: Int, total: String) throws {
    #expect(try #require(SegmentPrice(price)).total(of: segments) == total)
  }

  @Test(
    "Only digits with or without a point between them are a price",
    arguments: [
      "", ".", ".5", "5.", "1.2.3", "-1", "+1", "1e3", "3x", "0x1", "1,5", " 1", "1 ", "1_000", "٣", "1.٣", "NaN",
      "inf", "1\n", "1234567890", "0.1234567890",
    ])
  func noPrice(text: String) {
    #expect(SegmentPrice(text) == nil)
  }
}
