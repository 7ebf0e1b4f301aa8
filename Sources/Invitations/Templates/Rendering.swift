internal import Mustache

/// The one file that knows the template library. It sees templates whose tags were checked, and
/// values that are escaped already: its own escaping of HTML looks at characters, and a quote with
/// an accent on it is another one.
struct ParsedTemplate: Sendable {
    private let template: MustacheTemplate

    /// - Throws: what the library says, with the line (from 1).
    init(_ text: String) throws(ParsingProblem) {
        do {
            template = try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + text)
        } catch let error as MustacheTemplate.ParserError {
            throw ParsingProblem(line: error.context.lineNumber, text: "\(error.error)")
        } catch {
            throw ParsingProblem(line: 1, text: "\(error)")
        }
    }

    struct ParsingProblem: Error {
        var line: Int
        var text: String
    }

    /// - Parameter escape: what each value goes through.
    func rendered(_ values: LetterValues, escape: (String) -> String) -> String {
        template.render(libraryValues(values.values, escape))
    }
}

/// A text that counts as absent when it is empty.
private struct Text: MustacheCustomRenderable {
    let renderText: String
    var isNull: Bool { renderText.isEmpty }
}

private func libraryValues(
    _ values: [String: LetterValue], _ escape: (String) -> String
) -> [String: Any] {
    values.mapValues { value -> Any in
        switch value {
        case .text(let text): Text(renderText: escape(text))
        case .flag(let flag): flag
        case .texts(let texts): texts.map { Text(renderText: escape($0)) }
        case .places(let places): places.map { libraryValues($0, escape) }
        }
    }
}
