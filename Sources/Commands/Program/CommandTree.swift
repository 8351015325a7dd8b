import Application
import CommandLineKit

/// All commands, one line each.
enum CommandTree {
  static let root = CommandSpec<any Command>(
    "sms", summary: "Send text messages from the command line.",
    discussion: """
      One command for five providers: V Pixel Pro, Sendapp, voip-communications.net, Voximplant, and SMS-iT. Options, \
      records, and exit codes are the same for all of them.

      'sms sandbox' runs all five APIs on this machine, so you can try everything at no cost.
      """,
    examples: [
      Example("sms send +15550100001 \"Hello\"", "Send a text."),
      Example("sms bulk list.csv --dry-run", "Check a list and count segments; send nothing."),
      Example("sms sandbox --write-config sandbox.toml", "Try it out without sending anything."),
      Example("sms status --direction in --since -1d", "Show messages received since yesterday."),
    ],
    subcommands: [
      SendCommand.spec,
      BulkCommand.spec,
      ListSendCommand.spec,
      RunCommand.spec,
      SendmailCommand.spec,
      StatusCommand.spec,
      ResendCommand.spec,
      LogCommand.spec,
      JobsCommand.spec,
      BalanceCommand.spec,
      DevicesCommand.spec,
      ContactsCommands.spec,
      USSDCommands.spec,
      OTPCommands.spec,
      NumberSwitchCommand.spec,
      AppointmentsCommands.spec,
      WebhookCommands.spec,
      ProvidersCommand.spec,
      ProfilesCommand.spec,
      ConfigCommands.spec,
      DoctorCommand.spec,
      SandboxCommand.spec,
      CompletionsCommand.spec,
      CommandsCommand.spec,
      CompletionHookCommand.spec,
      ReferenceCommand.spec,
    ])

  /// What only some providers can do, in the order of the table that `sms providers` shows.
  static let capabilities: [Capability] = [
    SendCommand.waiting,
    Reconciliation.capability,
    ListSendCommand.capability, ListSendCommand.rotating, ListSendCommand.throttling, ListSendCommand.waiting,
    StatusCommand.capability,
    ResendCommand.capability,
    BalanceCommand.capability,
    BalanceCommand.voiceCapability,
    DevicesCommand.capability,
    ContactsAddCommand.capability,
    ContactsUnsubscribeCommand.capability,
    ContactsListCommand.capability,
    USSDSendCommand.capability,
    USSDStatusCommand.capability,
    USSDListCommand.capability,
    OTPGenerateCommand.capability,
    OTPVerifyCommand.capability,
    OTPSendCommand.capability,
    NumberSwitchCommand.enabling,
    NumberSwitchCommand.disabling,
    AppointmentsAddCommand.capability,
    WebhookVerifyCommand.capability,
  ]
}
