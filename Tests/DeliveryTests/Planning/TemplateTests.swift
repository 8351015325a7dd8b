import Testing
import TextFormats

@testable import Delivery

@Suite struct TemplateTests {
  private let fields = ["name": "Ann", "city": "", "a b": "space", "größe": "XL", "tricky": "{{name}}"]

  @Test(arguments: [
    ("plain", "plain"),
    ("", ""),
    ("Dear {{name}}!", "Dear Ann!"),
    ("{{name}}{{name}}", "AnnAnn"),
    ("{{  name\t}}", "Ann"),
    ("{{a b}}", "space"),
    ("{{größe}}", "XL"),
    ("{{city}}.", "."),
    ("{{city|your town}}", "your town"),
    ("{{ city | your | town }}", "your | town"),
    ("{{city|}}.", "."),
    ("{{missing|friend}}", "friend"),
    ("{{name|friend}}", "Ann"),
    ("{name} } {", "{name} } {"),
    ("a }} b", "a }} b"),
    ("{{{{name}}", "{{name}}"),
    ("{{{{{{name}}", "{{Ann"),
    ("{{name}}}", "Ann}"),
    ("{{tricky}}", "{{name}}"),
    ("e\u{301}{{name}}\u{301}\r\n", "e\u{301}Ann\u{301}\r\n"),
  ])
  func placesAreFilledIn(_ text: String, _ filled: String) throws {
    let rendered = try Template(parsing: text).rendered { fields[$0] }
    #expect(Array(rendered.utf8) == Array(filled.utf8))
  }

  @Test(arguments: [
    ("{{name", InputError.Problem.unclosedPlace(at: 0)),
    ("ü {{name}", .unclosedPlace(at: 3)),
    ("{{name}} {{", .unclosedPlace(at: 9)),
    ("{{}}", .placeWithoutColumn(at: 0)),
    ("x{{ | y }}", .placeWithoutColumn(at: 1)),
  ])
  func mistakesAreNamedWithTheirPlace(_ text: String, _ problem: InputError.Problem) {
    #expect(throws: InputError(problem)) { try Template(parsing: text) }
  }

  @Test func columnsAreListedOnce() throws {
    #expect(try Template(parsing: "{{b}} {{a|x}} {{ b }} {{{{c}}").columns == ["b", "a"])
  }
}
