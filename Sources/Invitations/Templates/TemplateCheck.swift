/// The mistakes in a template's tags: unknown names, sections that do not nest.
func problems(of tags: [TemplateTag]) -> [TemplateProblem] {
    var check = TemplateCheck()
    for tag in tags { check.take(tag) }
    for open in check.open.reversed() {
        check.problems.append(TemplateProblem(.unclosedSection(open.tag.name), at: open.tag.range))
    }
    return check.problems
}

private struct TemplateCheck {
    var problems: [TemplateProblem] = []
    var open: [(tag: TemplateTag, shape: LetterVariables.Shape?)] = []

    /// More is never of use: there are three levels of variables.
    static let depth = 16

    private var isAtPlace: Bool {
        open.contains { $0.tag.sign == .section && $0.shape == .places }
    }

    mutating func take(_ tag: TemplateTag) {
        switch tag.sign {
        case .comment: return
        case .end: close(tag)
        case .variable: use(tag)
        case .section, .inverted:
            if open.count == Self.depth { fail(.tooDeep, tag) }
            open.append((tag, shape(of: tag)))
        }
    }

    private mutating func use(_ tag: TemplateTag) {
        if tag.name == "." {
            let inner = open.last { $0.tag.sign == .section }?.shape
            switch inner {
            case .texts, .text: return
            case .flag, .places, nil: return fail(.noElement, tag)
            }
        }
        switch shape(of: tag) {
        case .text, nil: return
        case .flag, .texts, .places: fail(.notText(tag.name), tag)
        }
    }

    private mutating func close(_ tag: TemplateTag) {
        guard let last = open.last?.tag else { return fail(.closesNothing(tag.name), tag) }
        if let place = open.lastIndex(where: { $0.tag.name == tag.name }) {
            if last.name != tag.name { fail(.closesOther(tag.name, open: last.name), tag) }
            open.removeSubrange(place...)
        } else {
            fail(.closesOther(tag.name, open: last.name), tag)
        }
    }

    /// The shape of a variable that there is at this point; else it is a mistake.
    private mutating func shape(of tag: TemplateTag) -> LetterVariables.Shape? {
        if let shape = LetterVariables.everywhere[tag.name] { return shape }
        if let shape = LetterVariables.atPlaces[tag.name] {
            if isAtPlace { return shape }
        }
        let here =
            Array(LetterVariables.everywhere.keys)
            + (isAtPlace ? Array(LetterVariables.atPlaces.keys) : [])
        fail(.unknownVariable(tag.name, known: here.sorted()), tag)
        return nil
    }

    private mutating func fail(_ kind: TemplateProblem.Kind, _ tag: TemplateTag) {
        problems.append(TemplateProblem(kind, at: tag.range))
    }
}
