/// Why a file is no plan that can be applied (E304, exit 65). `Presentation` makes the sentence.
package enum PlanFileProblem: Error, Hashable, Sendable {
    case tooLarge
    /// Not JSON, or not this format; the reason is the end of a sentence, without a full stop.
    case unreadable(String)
    /// Of another version of the format.
    case otherFormat(String)
    /// Written to standard output, with masked mobiles.
    case masked
    /// The bytes are not those that the id was made from.
    case altered
    /// The id is right and the content is not: which part.
    case invalid(String)
    /// Whole, and not the plan that `--expect` names.
    case otherPlan(String, expected: String)
    case otherProject(String, run: String)
}
