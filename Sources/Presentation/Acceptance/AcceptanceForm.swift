internal import AccessModel
internal import Diagnostics
internal import Reconciliation

/// The form of an invitation: what is known, what is missing, and the two answers.
struct AcceptanceForm {
    let words: AcceptanceWords
    let offer: AcceptanceOffer
    let form: ProfileForm
    let faults: [AcceptanceOffer.Detail: ProfileForm.Fault]

    private typealias Detail = AcceptanceOffer.Detail

    /// Says first what was wrong, with links to the fields.
    var alarm: HTML {
        guard !faults.isEmpty else { return "" }
        var items: HTML = ""
        for detail in Detail.allCases {
            guard let fault = faults[detail] else { continue }
            items += "<li><a href=\"#\(detail.rawValue)\">\(words.faults(detail, fault))</a></li>\n"
        }
        return """
            <div class="alarm" role="alert">
            <p>\(words.faultsTitle)</p>
            <ul>
            \(items)</ul>
            </div>

            """
    }

    var html: HTML {
        """
        <form method="post" autocomplete="on">
        <fieldset>
        <legend>\(words.yourDetails)</legend>
        \(known)\(fields)</fieldset>
        <div class="answers">
        <button type="submit" name="\(AcceptancePage.answerField)" value="accept">\(words.accept)\
        </button>
        <button type="submit" name="\(AcceptancePage.answerField)" \
        value="\(AcceptancePage.declining)" class="second" formnovalidate>\(words.decline)</button>
        </div>
        </form>

        """
    }

    /// What was declared is shown and not asked. A mobile is masked: whoever reads the mail is not
    /// always the person.
    private var known: HTML {
        var rows: HTML = "<dt>\(words.email)</dt><dd>\(address: offer.email.spelling)</dd>\n"
        for (detail, text) in [
            (Detail.firstName, offer.profile.firstName), (.lastName, offer.profile.lastName),
            (.mobile, offer.profile.mobile.map(maskedMobile)),
        ] {
            guard let text else { continue }
            rows += "<dt>\(label(detail))</dt><dd>\(value: text)</dd>\n"
        }
        let hint: HTML =
            offer.profile.firstName ?? offer.profile.lastName ?? offer.profile.mobile == nil
            ? "" : "<p class=\"hint\">\(words.known(offer.inviter))</p>\n"
        return "<dl>\n\(rows)</dl>\n\(hint)"
    }

    private var fields: HTML {
        var fields: HTML = ""
        for detail in offer.missing { fields += field(detail) }
        return fields
    }

    private func field(_ detail: Detail) -> HTML {
        let name = detail.rawValue
        let fault = faults[detail]
        var described: [String] = []
        var hint: HTML = ""
        if detail == .mobile {
            described.append(name + "-hint")
            hint = "<p class=\"hint\" id=\"\(name)-hint\">\(words.mobileHint)</p>\n"
        }
        var wrong: HTML = ""
        var state: HTML = offer.isProfileNeeded ? " required" : ""
        if let fault {
            described.append(name + "-fault")
            wrong = """
                <p class="fault" id="\(name)-fault">\(words.faults(detail, fault))</p>

                """
            state += " aria-invalid=\"true\""
        }
        if !described.isEmpty {
            state += " aria-describedby=\"\(described.joined(separator: " "))\""
        }
        let optional: HTML = offer.isProfileNeeded ? "" : " <small>(\(words.optional))</small>"
        let kind: HTML =
            detail == .mobile
            ? " type=\"tel\"" : " type=\"text\" maxlength=\"200\" dir=\"auto\""
        let purpose: HTML =
            switch detail {
            case .firstName: "given-name"
            case .lastName: "family-name"
            case .mobile: "tel"
            }
        return """
            <div class="field">
            <label for="\(name)">\(label(detail))\(optional)</label>
            \(hint)<input id="\(name)" name="\(name)"\(kind) autocomplete="\(purpose)" \
            value="\(shown(form.texts[detail] ?? ""))"\(state)>
            \(wrong)</div>

            """
    }

    /// What was written, to be sent again: without characters that a page escapes, for the escape
    /// would be a name on the next try.
    private func shown(_ text: String) -> String {
        var scalars = text.unicodeScalars
        scalars.removeAll { escapedForTerminal(String($0)) != String($0) }
        return String(scalars)
    }

    private func label(_ detail: Detail) -> String { words.details[detail] ?? detail.rawValue }
}
