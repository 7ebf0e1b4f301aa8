import AccessModel
import Manifests

/// What somebody wrote into the form of an invitation.
package struct ProfileForm: Hashable, Sendable {
    package var texts: [AcceptanceOffer.Detail: String]

    package init(_ texts: [AcceptanceOffer.Detail: String] = [:]) { self.texts = texts }

    /// What keeps a detail from being taken.
    package enum Fault: Hashable, Sendable {
        case missing
        case tooLong
        /// A character that a name cannot hold (E108).
        case badCharacter
        /// E106
        case noMobile
    }

    /// The details that the offer misses, as they were written; what is known is left alone,
    /// whatever the form says of it.
    func filling(
        _ offer: AcceptanceOffer
    ) -> (profile: Profile, faults: [AcceptanceOffer.Detail: Fault]) {
        var profile = Profile()
        var faults: [AcceptanceOffer.Detail: Fault] = [:]
        for detail in offer.missing {
            let text = nfc(Self.trimmed(texts[detail] ?? ""))
            guard !text.isEmpty else {
                if offer.isProfileNeeded { faults[detail] = .missing }
                continue
            }
            switch detail {
            case .firstName, .lastName:
                if textProblem(in: text, strictness: .name) != nil {
                    faults[detail] = .badCharacter
                } else if text.unicodeScalars.count > Self.longestName {
                    faults[detail] = .tooLong
                } else if detail == .firstName {
                    profile.firstName = text
                } else {
                    profile.lastName = text
                }
            case .mobile:
                guard let mobile = e164(of: text) else {
                    faults[detail] = .noMobile
                    continue
                }
                profile.mobile = mobile
            }
        }
        return (profile, faults)
    }

    private static func trimmed(_ text: String) -> String {
        let rest = text.utf8.drop { $0 == 0x20 }
        let end = rest.lastIndex { $0 != 0x20 }
        return end.map { String(decoding: rest[...$0], as: UTF8.self) } ?? ""
    }

    /// As in manifests.
    private static let longestName = 200

    /// People group the digits; the country must be there.
    private func e164(of text: String) -> String? {
        guard text.hasPrefix("+") || text.hasPrefix("00") else { return nil }
        return likelyE164(of: text)
    }
}
