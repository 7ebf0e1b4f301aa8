extension Language {
    static let english = Language(
        code: "en",
        months: [
            "January", "February", "March", "April", "May", "June", "July", "August", "September",
            "October", "November", "December",
        ],
        afterDay: "",
        days: Counted(one: "day", other: "days"),
        hours: Counted(one: "hour", other: "hours"),
        minutes: Counted(one: "minute", other: "minutes"),
        tenant: "tenant",
        identity: "identity",
        greeting: "Hello{{#recipient}} {{recipient}}{{/recipient}},",
        createAccount: Frame(
            subject: "{{inviter}} invites you to \(englishPlaces)",
            opening: "{{inviter}} invites you to the following.",
            linkIntroduction: "To accept and create your account, open:",
            linkLabel: "Accept and create your account",
            closing: "If you did not expect this letter, ignore it: nothing happens unless you "
                + "accept."),
        joinToAccept: Frame(
            subject: "{{inviter}} invites you to \(englishPlaces)",
            opening: "{{inviter}} invites you to the following.",
            linkIntroduction: "To accept, open:",
            linkLabel: "Accept",
            closing: "If you did not expect this letter, ignore it: nothing happens unless you "
                + "accept."),
        joined: Frame(
            subject: "You now have access to \(englishPlaces)",
            opening: "{{inviter}} has given you access to the following. It is yours already.",
            linkIntroduction: "To accept, open:",
            linkLabel: "Accept",
            closing: "If you did not expect this letter, please tell whoever sent it."),
        removed: Frame(
            subject: "You no longer have access to \(englishPlaces)",
            opening: "{{inviter}} has ended your access to the following.",
            linkIntroduction: "To accept, open:",
            linkLabel: "Accept",
            closing: "If you did not expect this letter, please tell whoever sent it."),
        ended: "Your access to {{title}} ({{kind}} {{name}}) has ended.",
        administers: "You administer its users.",
        may: "You may: {{.}}",
        role: "Role: {{.}}",
        isAdmin: "You are an admin.",
        isUser: "You are one of its users.",
        codeIntroduction: "Your invitation code, with which it is accepted:",
        validity: "{{#expires}}Valid for {{validFor}}, until {{expires}}. {{/expires}}"
            + "For you alone: do not pass it on.")
}

private let englishPlaces =
    "{{firstPlace}}{{#otherPlaces}} and {{otherPlaces}} more{{/otherPlaces}}"
