// What may add to a table that is there already, and what may not (TOML 1.0, "Keys", "Table", "Array of Tables").
extension TOMLTableBuilder {
  /// Throws for a key that stands for something already.
  func requireVacant(_ key: TOMLKey) throws(TOMLError) {
    if let entry = entry(key) { throw key.failure(.duplicateKey(key.name, first: entry.key.position)) }
  }

  /// The table on the way of a dotted key, made where there is none.
  func tableOnDottedKey(_ key: TOMLKey) throws(TOMLError) -> TOMLTableBuilder {
    switch entry(key)?.slot {
    case nil: return try addTable(key, .dotted, at: key.position)
    case .table(let table) where table.origin != .defined:
      table.origin = .dotted
      return table
    default: throw notExtendable(key)
    }
  }

  /// The table on the way of a header, made where there is none; of an array of tables, its last one.
  func tableOnHeader(_ key: TOMLKey) throws(TOMLError) -> TOMLTableBuilder {
    switch entry(key)?.slot {
    case nil: return try addTable(key, .implied, at: key.position)
    case .table(let table): return table
    case .tables(let tables): return tables.last
    case .value: throw notExtendable(key)
    }
  }

  /// The table that a header defines whose `[` is at that place.
  func defineTable(_ key: TOMLKey, at position: TextPosition) throws(TOMLError) -> TOMLTableBuilder {
    switch entry(key)?.slot {
    case nil: return try addTable(key, .defined, at: position)
    case .table(let table) where table.origin == .implied:
      table.origin = .defined
      table.position = position
      return table
    default: throw alreadyDefined(key)
    }
  }

  /// The new element of an array of tables that a header defines whose `[[` is at that place.
  func appendTable(_ key: TOMLKey, at position: TextPosition) throws(TOMLError) -> TOMLTableBuilder {
    let table = try makeTable(key, .defined, at: position, depth: depth + 2)
    switch entry(key)?.slot {
    case nil: add(key, .tables(TOMLTableArrayBuilder(table)))
    case .tables(let tables): tables.append(table)
    default: throw alreadyDefined(key)
    }
    return table
  }

  private func addTable(_ key: TOMLKey, _ origin: Origin, at position: TextPosition) throws(TOMLError)
    -> TOMLTableBuilder
  {
    let table = try makeTable(key, origin, at: position, depth: depth + 1)
    add(key, .table(table))
    return table
  }

  private func makeTable(
    _ key: TOMLKey, _ origin: Origin, at position: TextPosition, depth: Int
  ) throws(TOMLError) -> TOMLTableBuilder {
    let limit = TOMLTable.depthLimit
    guard depth < limit else { throw key.failure(.tooDeep(limit: limit)) }
    return TOMLTableBuilder(origin: origin, position: position, depth: depth)
  }

  private func notExtendable(_ key: TOMLKey) -> TOMLError {
    key.failure(.notExtendable(key.name, first: firstPosition(of: key)))
  }

  private func alreadyDefined(_ key: TOMLKey) -> TOMLError {
    let first = firstPosition(of: key)
    if case .value? = entry(key)?.slot { return key.failure(.duplicateKey(key.name, first: first)) }
    return key.failure(.duplicateTable(key.name, first: first))
  }

  /// Where what a key stands for was defined.
  private func firstPosition(of key: TOMLKey) -> TextPosition {
    switch entry(key) {
    case (_, .table(let table))?: table.position
    case (_, .tables(let tables))?: tables.position
    case (let first, .value)?: first.position
    case nil: key.position
    }
  }
}

extension TOMLKey {
  fileprivate func failure(_ kind: TOMLError.Kind) -> TOMLError {
    TOMLError(kind: kind, position: position)
  }
}
