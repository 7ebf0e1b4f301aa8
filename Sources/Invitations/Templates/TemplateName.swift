package import AccessModel

/// What a letter is for.
package enum LetterKind: String, Hashable, Sendable, CaseIterable {
    /// Invites to create an account.
    case createAccount = "create-account"
    /// Says that one has joined, or asks somebody who has an account to accept.
    case join
    /// Says that access has ended; sent only where a project wants that (`removedMail`).
    case removed

    init(_ letter: Letter) {
        switch MailKind(rawValue: letter.kind) {
        case .createAccount: self = .createAccount
        case .join, nil: self = .join
        case .removed: self = .removed
        }
    }

    package var mail: MailKind {
        switch self {
        case .createAccount: .createAccount
        case .join: .join
        case .removed: .removed
        }
    }
}

/// The part of a letter that a template is for, by the ending of its file.
package enum LetterFormat: String, Hashable, Sendable, CaseIterable {
    case text = "txt"
    case html
}

/// Which template: `create-account.txt`, or `create-account.de.txt` for one language.
package struct TemplateName: Hashable, Sendable {
    /// Where a project has its own.
    package static let folder = "invitations"

    package var kind: LetterKind
    package var format: LetterFormat
    /// In lower case; `nil` for all languages.
    package var language: String?

    package init(_ kind: LetterKind, _ format: LetterFormat, language: String? = nil) {
        self.kind = kind
        self.format = format
        self.language = language
    }

    /// `nil` for files that are no templates.
    package init?(file: String) {
        let parts = file.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 || parts.count == 3, let kind = LetterKind(rawValue: parts[0]),
            let format = LetterFormat(rawValue: parts[parts.count - 1])
        else { return nil }
        let tag = parts.count == 3 ? parts[1] : nil
        if let tag {
            let subtags = tag.split(separator: "-", omittingEmptySubsequences: false)
            let isTag = subtags.enumerated().allSatisfy { index, subtag in
                let length = index == 0 ? 2...3 : 1...8
                return length.contains(subtag.utf8.count)
                    && subtag.allSatisfy { $0.isASCII && ($0.isLetter || index > 0 && $0.isNumber) }
            }
            guard isTag else { return nil }
        }
        self.init(kind, format, language: tag?.lowercased())
    }

    package var file: String {
        ([kind.rawValue, language, format.rawValue] as [String?]).compactMap(\.self)
            .joined(separator: ".")
    }

    /// Below the project's root.
    package var path: String { Self.folder + "/" + file }
}
