import FoundationEssentials

/// The letters that a story's people got.
struct Maildir {
    var path: String

    /// The last word of the newest letter's link, in its text part, or the code that stands alone
    /// on a line where no page accepts; `nil` without such a letter.
    func token(for address: String) throws -> String? {
        let link = /https?:\/\/[^\s"<>]+\/([A-Za-z0-9_-]{20,})/
        let code = /\n([A-Za-z0-9_-]{43})\n/
        func token(in text: String) -> String? {
            (text.firstMatch(of: link)?.1 ?? text.firstMatch(of: code)?.1).map { String($0) }
        }
        let letters = try FileManager.default.contentsOfDirectory(atPath: path + "/new")
            .map { path + "/new/" + $0 }
            .compactMap { name -> (Date, String, String)? in
                let text = decoded(try Data(contentsOf: URL(filePath: name)))
                let date = try FileManager.default.attributesOfItem(atPath: name)[.modificationDate]
                guard let to = text.split(separator: "\n").first(where: { $0.hasPrefix("To:") }),
                    to.contains(address), let token = token(in: text)
                else { return nil }
                return (date as? Date ?? .distantPast, name, token)
            }
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
        return letters.last?.2
    }

    /// Without the quoted-printable encoding, as far as links need it.
    private func decoded(_ data: Data) -> String {
        String(decoding: data, as: UTF8.self)
            .replacing("\r\n", with: "\n").replacing("=\n", with: "").replacing("=3D", with: "=")
    }
}
