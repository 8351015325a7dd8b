import Messaging

extension Statement {
  /// Binds parameters 1 to 15: the key, and what a provider's answer says of a message.
  func bind(_ record: MessageRecord, key: Int) throws(LedgerError) {
    try bind(1, key)
    try bind(2, record.status.rawValue)
    try bind(3, record.error?.code)
    try bind(4, record.error?.message)
    try bind(5, record.id)
    try bind(6, record.groupID)
    try bind(7, record.providerStatus)
    try bind(8, record.type.rawValue)
    try bind(9, record.segments)
    try bind(10, record.device)
    try bind(11, record.sim)
    try bind(12, record.price)
    try bind(13, record.currency)
    try bind(14, record.sentAt.map { Int($0.unixSeconds) })
    try bind(15, record.deliveredAt.map { Int($0.unixSeconds) })
  }
}
