internal import Reconciliation

extension AcceptanceWords {
    static let english = AcceptanceWords(
        language: "en",
        months: [
            "January", "February", "March", "April", "May", "June", "July", "August",
            "September", "October", "November", "December",
        ],
        date: { day, month, year, time in "\(day) \(month) \(year), \(time)" },
        invitation: { "Invitation · \($0)" },
        opening: { "\($0) invites you to:" },
        tenant: { "Tenant \($0)" },
        identity: { "Identity \($0)" },
        permissions: "You may",
        roles: "Roles",
        administersUsers: "You administer its users.",
        isAdmin: "You are an admin.",
        isUser: "You are one of its users.",
        yourDetails: "Your details",
        email: "E-mail",
        details: [.firstName: "First name", .lastName: "Last name", .mobile: "Mobile number"],
        optional: "optional",
        mobileHint: "With the country, as in +44 7700 900123. It is for signing in safely.",
        known: { "Something wrong here? Tell \($0); it cannot be changed on this page." },
        accept: "Accept the invitation",
        decline: "Decline",
        validUntil: { "This invitation works until \($0) and is for you alone." },
        unexpected: "If you did not expect it, close this page: nothing happens unless you accept.",
        faultsTitle: "Please look at these again:",
        faults: { detail, fault in
            switch (detail, fault) {
            case (.firstName, .missing): "Enter your first name."
            case (.lastName, .missing): "Enter your last name."
            case (.mobile, .missing): "Enter your mobile number."
            case (.firstName, .tooLong): "The first name is too long."
            case (.lastName, .tooLong): "The last name is too long."
            case (.firstName, _): "The first name has a character that names cannot have."
            case (.lastName, _): "The last name has a character that names cannot have."
            case (.mobile, _):
                "Enter the mobile number with + and the country, as in +44 7700 900123."
            }
        },
        accepted: "You have accepted",
        acceptedText: "You now have access to:",
        declined: "You have declined",
        declinedText: {
            "Nothing was given to you. If that was a mistake, ask \($0) to invite you again."
        },
        notices: [
            .invalid: Notice(
                title: "This link is not valid",
                text: "It may have been used already, have expired, or have been taken back. "
                    + "Ask whoever invited you for a new one."),
            .busy: Notice(
                title: "One moment, please",
                text: "Access is being changed right now. Try again in a minute; your link keeps "
                    + "working."),
            .failed: Notice(
                title: "This does not work right now",
                text: "The fault is on our side and nothing was changed for you. Try again later; "
                    + "your link keeps working."),
            .tooMany: Notice(
                title: "Too many requests",
                text: "Wait a minute and try again; your link keeps working."),
            .foreign: Notice(
                title: "This was not sent from our page",
                text: "Open the link of your invitation and answer there."),
            .badForm: Notice(
                title: "This answer cannot be read",
                text: "Open the link of your invitation and answer there."),
            .notFound: Notice(
                title: "There is nothing here",
                text: "Open the link of your invitation as it is in the mail."),
            .wrongMethod: Notice(
                title: "This cannot be done here",
                text: "Open the link of your invitation and answer there."),
        ])
}
