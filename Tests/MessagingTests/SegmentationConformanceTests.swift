import Messaging
import TestSupport
import TextFormats
import Testing

/// Public test cases of another segment counter, in the conformance data.
@Suite struct SegmentationConformanceTests {
  private static let path = Conformance.folder("sms").map { "\($0)/twilio_segment_cases.json" }

  @Test("Encoding and segments are those that are billed", .enabled(if: path != nil, "no conformance data"))
  func cases() throws {
    let document = try JSONValue(parsing: FileWalk.bytes(of: try #require(Self.path)))
    let cases = try #require(document.array)
    #expect(!cases.isEmpty)
    for example in cases {
      let text = try #require(example["body"]?.text)
      let counted = Segmentation(of: text)
      let encoding: MessageEncoding = example["encoding"]?.text == "GSM-7" ? .gsm7 : .ucs2
      #expect(counted.encoding == encoding, "\(example["description"]?.text ?? "")")
      #expect(counted.segments == example["segments"]?.int, "\(example["description"]?.text ?? "")")
    }
  }
}
