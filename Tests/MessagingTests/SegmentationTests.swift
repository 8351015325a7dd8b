import Messaging
import TestSupport
import TextFormats
import Testing

@Suite struct SegmentationTests {
  @Test(
    "Segments are counted as networks bill them",
    arguments: [
      (String(repeating: "a", count: 160), MessageEncoding.gsm7, 1, 160),
      (String(repeating: "a", count: 161), .gsm7, 2, 161),
      (String(repeating: "a", count: 306), .gsm7, 2, 306), (String(repeating: "a", count: 307), .gsm7, 3, 307),
      (String(repeating: "€", count: 80), .gsm7, 1, 160), (String(repeating: "€", count: 81), .gsm7, 2, 162),
      (String(repeating: "a", count: 152) + "€" + String(repeating: "a", count: 152), .gsm7, 3, 306),
      (String(repeating: "ж", count: 70), .ucs2, 1, 70), (String(repeating: "ж", count: 71), .ucs2, 2, 71),
      (String(repeating: "ж", count: 134), .ucs2, 2, 134), (String(repeating: "ж", count: 135), .ucs2, 3, 135),
      (String(repeating: "😀", count: 35), .ucs2, 1, 70),
      (String(repeating: "ж", count: 66) + "😀" + String(repeating: "ж", count: 66), .ucs2, 3, 134),
      ("\r\n", .gsm7, 1, 2), ("`", .ucs2, 1, 1), ("\t", .ucs2, 1, 1), ("\u{C}", .gsm7, 1, 2), ("ç", .ucs2, 1, 1),
      ("e\u{301}", .ucs2, 1, 2), ("é", .gsm7, 1, 1), ("Ωç", .ucs2, 1, 2), ("ΔΦΓΛΩΠΨΣΘΞ", .gsm7, 1, 10),
    ])
  func counts(text: String, encoding: MessageEncoding, segments: Int, units: Int) {
    let counted = Segmentation(of: text)
    #expect(counted.encoding == encoding)
    #expect(counted.segments == segments)
    #expect(counted.units == units)
  }
}
