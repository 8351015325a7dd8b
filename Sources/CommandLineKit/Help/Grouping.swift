extension Sequence {
  /// Elements under their headings, in the order in which the headings appear.
  func grouped(by heading: (Element) -> String?, common: String) -> [(heading: String, elements: [Element])] {
    var groups: [(heading: String, elements: [Element])] = []
    for element in self {
      let name = heading(element) ?? common
      if let index = groups.firstIndex(where: { $0.heading == name }) {
        groups[index].elements.append(element)
      } else {
        groups.append((name, [element]))
      }
    }
    return groups
  }
}
