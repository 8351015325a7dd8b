import TextFormats

extension TOMLTable {
  /// The table in the tagged form of the public test data, members sorted by name.
  var tagged: JSONValue {
    JSONValue.object(JSONObject(entries.map { JSONObject.Member($0.key.name, $0.value.tagged) })).sorted
  }
}

extension TOMLValue {
  var tagged: JSONValue {
    switch content {
    case .string(let text): tag("string", text)
    case .integer(let number): tag("integer", String(number))
    case .float(let number): tag("float", String(number))
    case .boolean(let value): tag("bool", String(value))
    case .offsetDateTime(let date, let time, let minutes):
      tag("datetime", "\(date.text)T\(time.text)\(offset(minutes))")
    case .localDateTime(let date, let time): tag("datetime-local", "\(date.text)T\(time.text)")
    case .localDate(let date): tag("date-local", date.text)
    case .localTime(let time): tag("time-local", time.text)
    case .array(let elements): .array(elements.map(\.tagged))
    case .table(let table): table.tagged
    }
  }

  private func tag(_ type: String, _ value: String) -> JSONValue {
    ["type": .string(type), "value": .string(value)]
  }

  private func offset(_ minutes: Int) -> String {
    if minutes == 0 { return "Z" }
    let sign = minutes < 0 ? "-" : "+"
    return "\(sign)\(padded(abs(minutes) / 60)):\(padded(abs(minutes) % 60))"
  }
}

extension GregorianCalendar.Date {
  fileprivate var text: String {
    "\(padded(year, 4))-\(padded(month))-\(padded(day))"
  }
}

extension TOMLTime {
  fileprivate var text: String {
    let fraction = nanosecond == 0 ? "" : ".\(padded(nanosecond, 9))".trimmingZeros
    return "\(padded(hour)):\(padded(minute)):\(padded(second))\(fraction)"
  }
}

private func padded(_ number: Int, _ width: Int = 2) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension String {
  /// Without the zeros at its end.
  var trimmingZeros: String {
    String(reversed().drop { $0 == "0" }.reversed())
  }
}

extension JSONValue {
  /// An object with its members sorted by name.
  var sorted: JSONValue {
    guard let object else { return self }
    return .object(JSONObject(object.members.sorted { Array($0.name.utf8).lexicographicallyPrecedes($1.name.utf8) }))
  }
}
