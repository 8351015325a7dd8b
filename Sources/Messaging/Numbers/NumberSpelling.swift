/// The digits of a number as someone wrote it, stripped of the punctuation of phone numbers.
struct NumberSpelling {
  typealias Text = ArraySlice<Unicode.Scalar>

  /// ASCII digits.
  private(set) var digits: [UInt8] = []
  var hasPlus = false
  /// Ranges in `digits` that were in parentheses, such as the 0 in `+44 (0)7700 900123`.
  private(set) var bracketed: [Range<Int>] = []
  private var bracketStart: Int?
  /// The numbers of digits before each `/`, or hyphen between spaces, which may be within a number or between two.
  private(set) var joints: [Int] = []

  /// Throws if it can't be a phone number under any numbering plan.
  init(_ text: String) throws(PhoneNumberError) {
    let bare = Self.unwrapped(Self.plain(text.unicodeScalars))
    let written = try NumberSlip.checked(bare)
    for index in written.indices {
      try add(written[index], before: written[(index + 1)...])
      if Self.isJoint(at: index, in: written) { joints.append(digits.count) }
    }
    joints.removeAll { $0 == 0 || $0 == digits.count }
  }

  private static func isJoint(at index: Int, in text: Text) -> Bool {
    if text[index] == "/" { return true }
    guard text[index] == "-", index > text.startIndex, index + 1 < text.endIndex else { return false }
    return text[index - 1] == " " && text[index + 1] == " "
  }

  /// The part before a joint.
  func before(_ joint: Int) -> NumberSpelling {
    var part = self
    part.digits = Array(digits[..<joint])
    part.bracketed = bracketed.filter { $0.upperBound <= joint }
    part.joints = []
    return part
  }

  /// The part after a joint, as a number without its calling code.
  func after(_ joint: Int) -> NumberSpelling {
    var part = self
    part.digits = Array(digits[joint...])
    (part.hasPlus, part.bracketed, part.joints) = (false, [], [])
    return part
  }

  /// The digits alone.
  var text: String { String(decoding: digits, as: UTF8.self) }

  private mutating func add(_ scalar: Unicode.Scalar, before rest: Text) throws(PhoneNumberError) {
    switch scalar {
    case "0"..."9": digits.append(UInt8(truncatingIfNeeded: scalar.value))
    case "+" where digits.isEmpty && !hasPlus: hasPlus = true
    case "(": bracketStart = digits.count
    case ")":
      if let start = bracketStart { bracketed.append(start..<digits.count) }
    case " ", "-", ".", "/": break
    default: throw .init(unexpected: scalar, before: rest)
    }
  }

  /// The visible characters, with every blank as a space and every dash as `-`.
  private static func plain(_ scalars: String.UnicodeScalarView) -> [Unicode.Scalar] {
    scalars.compactMap { scalar in
      if scalar.isASCII { return scalar == "\t" ? " " : scalar }
      let properties = scalar.properties
      if properties.isDefaultIgnorableCodePoint { return nil }
      switch properties.generalCategory {
      case .spaceSeparator: return " "
      case .dashPunctuation: return "-"
      default: return scalar == "\u{2212}" ? "-" : scalar
      }
    }
  }

  /// Without what spreadsheets and links put around a number: `'`, `="…"`, `tel:` and spaces.
  private static func unwrapped(_ scalars: [Unicode.Scalar]) -> Text {
    var rest = scalars[...].trimmingSpaces
    while true {
      if rest.first == "'" {
        rest = rest.dropFirst().trimmingSpaces
      } else if rest.starts(with: "=\"".unicodeScalars), rest.last == "\"", rest.count > 2 {
        rest = rest.dropFirst(2).dropLast().trimmingSpaces
      } else if rest.prefix(4).elementsEqual("tel:".unicodeScalars, by: { $0.lowercased == $1 }) {
        rest = rest.dropFirst(4).trimmingSpaces
      } else {
        return rest
      }
    }
  }
}

extension PhoneNumberError {
  /// The error for the first character that is not allowed in a number.
  fileprivate init(unexpected scalar: Unicode.Scalar, before rest: NumberSpelling.Text) {
    let properties = scalar.properties
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: self = .slip(.control(scalar))
    case .decimalNumber, .otherNumber: self = .slip(.foreignDigit(scalar))
    case .currencySymbol: self = .slip(.amount)
    default:
      let isExtension = ([scalar] + rest).startsExtension
      self = isExtension ? .slip(.extension) : properties.isAlphabetic ? .slip(.letters) : .unexpectedCharacter(scalar)
    }
  }
}

extension [Unicode.Scalar] {
  /// Whether it begins with a mark of an extension (RFC 3966: `;ext=`) followed by digits.
  fileprivate var startsExtension: Bool {
    let letters = prefix { !$0.isASCIIDigit }.map(\.lowercased).filter { !" .:=;-".unicodeScalars.contains($0) }
    guard contains(where: \.isASCIIDigit) else { return false }
    return ["x", "xt", "ext", "extn", "extension", "#", "dw"].contains { letters.elementsEqual($0.unicodeScalars) }
  }
}

extension ArraySlice<Unicode.Scalar> {
  fileprivate var trimmingSpaces: Self {
    guard let first = firstIndex(where: { $0 != " " }), let last = lastIndex(where: { $0 != " " }) else { return [] }
    return self[first...last]
  }
}

extension Unicode.Scalar {
  /// An uppercase ASCII letter in lowercase; any other scalar as it is.
  var lowercased: Unicode.Scalar {
    ("A"..."Z").contains(self) ? Unicode.Scalar(UInt8(truncatingIfNeeded: value) | 0x20) : self
  }

  var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
