/// Why a text is no e-mail address: E108 for characters that may not be there, else E104.
package enum EmailProblem: Error, Hashable, Sendable {
    package enum Part: String, Hashable, Sendable {
        case local = "part before the @"
        case domain
        case whole = "address"

        /// In bytes of UTF-8, with the domain in A-labels.
        package var limit: Int {
            switch self {
            case .local: 64
            case .domain: 255
            case .whole: 254
            }
        }
    }

    package enum DomainReason: Hashable, Sendable {
        case empty
        /// Two dots in a row, or one at either end.
        case emptyLabel
        /// A label over 63 bytes.
        case longLabel
        case hyphenAtEdge(label: String)
        case character(Unicode.Scalar)
        case noDot
        case numericTopLevel
        /// What IDNA 2008 refuses, in libidn2's words.
        case internationalised(String)
    }

    case empty
    case noAt
    case tooLong(Part)
    /// `Ann Bee <ann@acme.example>`
    case displayName(suggestion: String?)
    case mailto(suggestion: String?)
    /// `"ann"@acme.example`
    case quotedLocalPart(suggestion: String?)
    /// `ann@[192.0.2.1]`, also without the brackets.
    case ipLiteral
    /// A character of the local part, or a dot in a wrong place.
    case notDotAtom(Unicode.Scalar)
    case badDomain(DomainReason)
    case forbiddenCharacter(TextProblem)

    package var code: String {
        if case .forbiddenCharacter = self { "E108" } else { "E104" }
    }

    /// The bare address, where there is one inside.
    package var suggestion: String? {
        switch self {
        case .displayName(let suggestion), .mailto(let suggestion),
            .quotedLocalPart(let suggestion):
            suggestion
        case .empty, .noAt, .tooLong, .ipLiteral, .notDotAtom, .badDomain, .forbiddenCharacter: nil
        }
    }

    /// What is wrong, without its subject.
    package var sentence: String {
        switch self {
        case .empty: "is empty where an e-mail address is expected."
        case .noAt: "is no e-mail address: it has no @ with text on both sides."
        case .tooLong(let part):
            "is no e-mail address: its \(part.rawValue) is longer than \(part.limit) bytes."
        case .displayName: "is an e-mail address with a display name."
        case .mailto: "is a mailto: link."
        case .quotedLocalPart: "has quotes before the @, which are not supported."
        case .ipLiteral: "has an IP address where a domain is expected."
        case .notDotAtom("."):
            "is no e-mail address: before the @, a dot stands only between other characters."
        case .notDotAtom(" "): "is no e-mail address: it holds a space."
        case .notDotAtom(let scalar):
            "is no e-mail address: \(shown(scalar)) may not stand before the @."
        case .badDomain(let reason): "is no e-mail address: " + reason.sentence
        case .forbiddenCharacter(let problem): problem.sentence
        }
    }

    /// What to do.
    package var help: String {
        if let suggestion { return "Write \(suggestion)." }
        return switch self {
        case .empty, .noAt, .notDotAtom, .displayName, .mailto, .quotedLocalPart:
            "Write it as name@domain."
        case .tooLong: "Check that nothing was pasted twice."
        case .ipLiteral: "Write the domain's name."
        case .badDomain(.noDot): "Write the whole domain, as in name@acme.example."
        case .badDomain: "Check the part after the @."
        case .forbiddenCharacter(let problem): problem.help
        }
    }
}

extension EmailProblem.DomainReason {
    fileprivate var sentence: String {
        switch self {
        case .empty: "nothing follows the @."
        case .emptyLabel: "the domain has a dot too many."
        case .longLabel: "a part of the domain is longer than 63 bytes."
        case .hyphenAtEdge(let label): "the domain's part \(label) begins or ends with a hyphen."
        case .character("@"): "it has two @."
        case .character(" "): "it holds a space."
        case .character(let scalar): "\(shown(scalar)) may not stand in a domain."
        case .noDot: "the domain has no dot."
        case .numericTopLevel: "the domain ends with a number."
        case .internationalised(let reason): "the domain is not valid in IDNA 2008 (\(reason))."
        }
    }
}

private func shown(_ scalar: Unicode.Scalar) -> String {
    scalar.isASCII ? "\"\(scalar)\"" : codePointName(scalar)
}
