import Application
import Configuration
import Messaging
import TextFormats

/// The recipients of a mail: addresses that are phone numbers, and the user's fallback number for all others.
struct MailRecipients {
  private let context: Context
  private let settings: Settings
  /// Numbers, separated by commas, for addresses that aren't phone numbers; nil for none.
  private let fallback: String?
  private let isFallbackTyped: Bool

  /// `fallback` overrides the setting `sendmail_to`.
  init(_ context: Context, _ settings: Settings, fallback: String?) {
    (self.context, self.settings) = (context, settings)
    self.fallback = fallback ?? settings.string(CommonSettings.sendmailTo.name)
    isFallbackTyped = fallback != nil
  }

  /// The numbers without duplicates. If there are no addresses, the fallback alone.
  func numbers(of addresses: [String]) throws -> [PhoneNumber] {
    guard !addresses.isEmpty || fallback != nil else {
      throw Failure.noRecipient
    }
    var numbers: [PhoneNumber] = []
    for number in try addresses.isEmpty ? fallbackNumbers("") : addresses.flatMap(numbers(of:))
    where !numbers.contains(number) {
      numbers.append(number)
    }
    return numbers
  }

  private func numbers(of address: String) throws -> [PhoneNumber] {
    guard let text = Self.number(in: address) else { return try fallbackNumbers(address) }
    do {
      return [try context.phoneNumber(text, of: "recipient", settings)]
    } catch let error as any UserError {
      throw Failure(error, as: .noUser)
    }
  }

  private func fallbackNumbers(_ address: String) throws -> [PhoneNumber] {
    guard let fallback else {
      throw Failure.notANumber(address)
    }
    do {
      let name = isFallbackTyped ? "--to" : CommonSettings.sendmailTo.name
      return try fallback.split(separator: ",", omittingEmptySubsequences: false).map { number in
        try context.phoneNumber(String(number), of: name, settings)
      }
    } catch let error as any UserError {
      throw Failure(error, as: isFallbackTyped ? .usage : .configuration)
    }
  }

  /// The phone number in a mail address, in a form that can be parsed; nil for any other address.
  ///
  /// `+` and digits are a phone number at any domain. Digits without `+` are a phone number only if there is no
  /// domain, or if it is `sms`, where they are an international number. At any other domain, they are the name of a
  /// mailbox.
  static func number(in address: String) -> String? {
    let parts = address.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let (local, domain) = (parts[0], parts.count > 1 ? parts[1].lowercased() : nil)
    let digits = local.utf8.count { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    guard digits > 0, local.unicodeScalars.allSatisfy({ "+0123456789-. ()/".unicodeScalars.contains($0) }) else {
      return nil
    }
    if local.hasPrefix("+") { return local }
    switch domain {
    case nil: return local
    case "sms": return local.hasPrefix("00") ? local : "+\(local)"
    default: return nil
    }
  }
}
