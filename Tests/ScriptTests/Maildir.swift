import FoundationEssentials

/// The letters that a story's people got.
struct Maildir {
    var path: String

    /// The last word of the newest letter's link, in its text part; `nil` without such a letter.
    func token(for address: String) throws -> String? {
        let link = /https?:\/\/[^\s"<>]+\/([A-Za-z0-9_-]{20,})/
        let letters = try FileManager.default.contentsOfDirectory(atPath: path + "/new")
            .map { path + "/new/" + $0 }
            .compactMap { name -> (Date, String, String)? in
                let text = decoded(try Data(contentsOf: URL(filePath: name)))
                let date = try FileManager.default.attributesOfItem(atPath: name)[.modificationDate]
                guard let to = text.split(separator: "\n").first(where: { $0.hasPrefix("To:") }),
                    to.contains(address), text.firstMatch(of: link) != nil
                else { return nil }
                return (date as? Date ?? .distantPast, name, text)
            }
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
        return letters.last?.2.firstMatch(of: link).map { String($0.1) }
    }

    /// Without the quoted-printable encoding, as far as links need it.
    private func decoded(_ data: Data) -> String {
        String(decoding: data, as: UTF8.self)
            .replacing("\r\n", with: "\n").replacing("=\n", with: "").replacing("=3D", with: "=")
    }
}
