import AccessModel
import Planning

/// A mobile as strangers may see it: `+31*****678`. A short one keeps its country only, and a word
/// that stands in its place stays.
package func maskedMobile(_ mobile: String) -> String {
    guard !ForeignChange.veils.contains(mobile) else { return mobile }
    let scalars = mobile.unicodeScalars
    let start = String(scalars.prefix(3))
    return start + "*****" + (scalars.count >= 10 ? String(scalars.suffix(3)) : "")
}

extension JSON {
    /// The same value with every text under the key `mobile` masked.
    package var maskingMobiles: JSON {
        switch self {
        case .null, .bool, .integer, .string: self
        case .array(let values): .array(values.map(\.maskingMobiles))
        case .object(let members):
            .object(
                members.map { member in
                    if member.key == "mobile", let mobile = member.value.string {
                        return Member(member.key, .string(maskedMobile(mobile)))
                    }
                    return Member(member.key, member.value.maskingMobiles)
                })
        }
    }
}
