extension Language {
    static let german = Language(
        code: "de",
        months: [
            "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
            "Oktober", "November", "Dezember",
        ],
        afterDay: ".",
        days: Counted(one: "Tag", other: "Tage"),
        hours: Counted(one: "Stunde", other: "Stunden"),
        minutes: Counted(one: "Minute", other: "Minuten"),
        tenant: "Mandant",
        identity: "Identität",
        greeting: "Guten Tag{{#recipient}} {{recipient}}{{/recipient}},",
        createAccount: Frame(
            subject: "{{inviter}} lädt Sie ein: \(germanPlaces)",
            opening: "{{inviter}} lädt Sie zu Folgendem ein.",
            linkIntroduction: "Um anzunehmen und Ihr Konto anzulegen, öffnen Sie:",
            linkLabel: "Annehmen und Konto anlegen",
            closing: "Falls Sie diese Nachricht nicht erwartet haben, lassen Sie sie liegen: "
                + "Solange Sie nicht annehmen, geschieht nichts."),
        joinToAccept: Frame(
            subject: "{{inviter}} lädt Sie ein: \(germanPlaces)",
            opening: "{{inviter}} lädt Sie zu Folgendem ein.",
            linkIntroduction: "Um anzunehmen, öffnen Sie:",
            linkLabel: "Annehmen",
            closing: "Falls Sie diese Nachricht nicht erwartet haben, lassen Sie sie liegen: "
                + "Solange Sie nicht annehmen, geschieht nichts."),
        joined: Frame(
            subject: "Sie haben jetzt Zugang: \(germanPlaces)",
            opening: "{{inviter}} hat Ihnen Zugang zu Folgendem gegeben. Er gilt bereits.",
            linkIntroduction: "Um anzunehmen, öffnen Sie:",
            linkLabel: "Annehmen",
            closing: "Falls Sie diese Nachricht nicht erwartet haben, sagen Sie bitte dem Absender "
                + "Bescheid."),
        removed: Frame(
            subject: "Sie haben keinen Zugang mehr: \(germanPlaces)",
            opening: "{{inviter}} hat Ihren Zugang zu Folgendem beendet.",
            linkIntroduction: "Um anzunehmen, öffnen Sie:",
            linkLabel: "Annehmen",
            closing: "Falls Sie diese Nachricht nicht erwartet haben, sagen Sie bitte dem Absender "
                + "Bescheid."),
        ended: "Ihr Zugang zu {{title}} ({{kind}} {{name}}) ist beendet.",
        administers: "Sie verwalten deren Benutzer.",
        may: "Sie dürfen: {{.}}",
        role: "Rolle: {{.}}",
        isAdmin: "Sie sind Administrator.",
        isUser: "Sie gehören zu deren Benutzern.",
        codeIntroduction: "Ihr Einladungscode, mit dem Sie annehmen:",
        validity: "{{#expires}}Gültig bis {{expires}} ({{validFor}}). {{/expires}}"
            + "Nur für Sie bestimmt: Geben Sie es nicht weiter.")
}

private let germanPlaces =
    "{{firstPlace}}{{#otherPlaces}} und {{otherPlaces}} mehr{{/otherPlaces}}"
