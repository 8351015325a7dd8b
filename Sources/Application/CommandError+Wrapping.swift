import Configuration
import HTTPTransport
import Ledger
import Platform

extension CommandError {
  /// Runs something that touches the system, its errors made ours.
  package static func wrap<Value>(_ body: () throws(SystemError) -> Value) throws(CommandError) -> Value {
    do {
      return try body()
    } catch {
      throw .io(error)
    }
  }

  /// Opens the way to the network, its errors made ours.
  package static func wrap<Value>(_ body: () throws(TransportSetupError) -> Value) throws(CommandError) -> Value {
    do {
      return try body()
    } catch {
      throw .transport(error)
    }
  }

  /// Runs something of the plan or the ledger, its errors made ours.
  package static func wrap<Value>(_ body: () throws(LedgerError) -> Value) throws(CommandError) -> Value {
    do {
      return try body()
    } catch {
      throw .ledger(error)
    }
  }

  /// Runs something that reads the configuration, its errors made ours.
  package static func wrap<Value>(_ body: () throws(ConfigurationError) -> Value) throws(CommandError) -> Value {
    do {
      return try body()
    } catch {
      throw .configuration(error)
    }
  }

  /// Runs something that reads what the user handed in, its errors made ours.
  package static func wrap<Value>(_ body: () throws(InputError) -> Value) throws(CommandError) -> Value {
    do {
      return try body()
    } catch {
      throw .input(error)
    }
  }
}

extension CommandError {
  /// The error that something ends with; nil for none.
  package static func caught(_ body: () throws(CommandError) -> Void) -> CommandError? {
    do {
      try body()
      return nil
    } catch {
      return error
    }
  }

  /// The one to report when several apply; the first of those that are alike.
  package static func worst(of errors: [CommandError?]) -> CommandError? {
    let errors = errors.compactMap(\.self)
    let code = ExitCode.worst(of: errors.map(\.exitCode))
    return errors.first { $0.exitCode == code }
  }
}
