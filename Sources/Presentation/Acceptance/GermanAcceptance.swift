internal import Reconciliation

extension AcceptanceWords {
    static let german = AcceptanceWords(
        language: "de",
        months: [
            "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
            "Oktober", "November", "Dezember",
        ],
        date: { day, month, year, time in "\(day). \(month) \(year), \(time)" },
        invitation: { "Einladung · \($0)" },
        opening: { "\($0) lädt Sie ein zu:" },
        tenant: { "Mandant \($0)" },
        identity: { "Identität \($0)" },
        permissions: "Sie dürfen",
        roles: "Rollen",
        administersUsers: "Sie verwalten die Benutzer dort.",
        isAdmin: "Sie sind dort Admin.",
        isUser: "Sie sind dort Benutzer.",
        yourDetails: "Ihre Angaben",
        email: "E-Mail",
        details: [.firstName: "Vorname", .lastName: "Nachname", .mobile: "Mobilnummer"],
        optional: "freiwillig",
        mobileHint: "Mit Landesvorwahl, zum Beispiel +49 176 04069012. "
            + "Sie dient der sicheren Anmeldung.",
        known: {
            """
            Stimmt hier etwas nicht? Wenden Sie sich an \($0); auf dieser Seite lässt es sich \
            nicht ändern.
            """
        },
        accept: "Einladung annehmen",
        decline: "Ablehnen",
        validUntil: { "Diese Einladung gilt bis \($0) und nur für Sie." },
        unexpected: "Wenn Sie sie nicht erwartet haben, schließen Sie diese Seite: "
            + "Ohne Ihre Zustimmung geschieht nichts.",
        faultsTitle: "Bitte sehen Sie diese Angaben noch einmal an:",
        faults: { detail, fault in
            switch (detail, fault) {
            case (.firstName, .missing): "Geben Sie Ihren Vornamen ein."
            case (.lastName, .missing): "Geben Sie Ihren Nachnamen ein."
            case (.mobile, .missing): "Geben Sie Ihre Mobilnummer ein."
            case (.firstName, .tooLong): "Der Vorname ist zu lang."
            case (.lastName, .tooLong): "Der Nachname ist zu lang."
            case (.firstName, _): "Der Vorname enthält ein Zeichen, das Namen nicht haben können."
            case (.lastName, _): "Der Nachname enthält ein Zeichen, das Namen nicht haben können."
            case (.mobile, _):
                "Geben Sie die Mobilnummer mit + und Landesvorwahl ein, "
                    + "zum Beispiel +49 176 04069012."
            }
        },
        accepted: "Sie haben angenommen",
        acceptedText: "Sie haben jetzt Zugang zu:",
        declined: "Sie haben abgelehnt",
        declinedText: {
            """
            Ihnen wurde nichts zugeteilt. War das ein Versehen, bitten Sie \($0) um eine neue \
            Einladung.
            """
        },
        notices: [
            .invalid: Notice(
                title: "Dieser Link ist nicht gültig",
                text: "Er wurde vielleicht schon benutzt, ist abgelaufen oder wurde "
                    + "zurückgenommen. Bitten Sie um eine neue Einladung."),
            .busy: Notice(
                title: "Einen Moment, bitte",
                text: "Gerade werden Zugänge geändert. Versuchen Sie es in einer Minute noch "
                    + "einmal; Ihr Link bleibt gültig."),
            .failed: Notice(
                title: "Das geht gerade nicht",
                text: "Der Fehler liegt bei uns, und für Sie wurde nichts geändert. Versuchen Sie "
                    + "es später noch einmal; Ihr Link bleibt gültig."),
            .tooMany: Notice(
                title: "Zu viele Anfragen",
                text: "Warten Sie eine Minute und versuchen Sie es noch einmal; Ihr Link bleibt "
                    + "gültig."),
            .foreign: Notice(
                title: "Das kam nicht von unserer Seite",
                text: "Öffnen Sie den Link Ihrer Einladung und antworten Sie dort."),
            .badForm: Notice(
                title: "Diese Antwort ist nicht lesbar",
                text: "Öffnen Sie den Link Ihrer Einladung und antworten Sie dort."),
            .notFound: Notice(
                title: "Hier ist nichts",
                text: "Öffnen Sie den Link Ihrer Einladung so, wie er in der E-Mail steht."),
            .wrongMethod: Notice(
                title: "Das geht hier nicht",
                text: "Öffnen Sie den Link Ihrer Einladung und antworten Sie dort."),
        ])
}
