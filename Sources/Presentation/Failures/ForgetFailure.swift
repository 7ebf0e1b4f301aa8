internal import AccessModel
package import Diagnostics
package import Reconciliation
internal import Storage

extension Forgetter.Problem {
    package var diagnostic: ResolvedDiagnostic {
        switch self {
        case .store(let error): error.diagnostic
        case .hasAccess(let person, let places):
            .failure(
                "\(person.canonical) still has access: "
                    + places.map(\.text).joined(separator: ", ") + ".",
                help: "Remove the person first; what is forgotten is the past.")
        case .pseudonym(let person):
            .failure("\(person.canonical) is the pseudonym of somebody who was forgotten already.")
        case .named(let person, let settings):
            .failure(
                "\(person.canonical) stands in what was applied last: "
                    + settings.joined(separator: ", ") + ".",
                help: "Take the address out of the manifests and apply them first.")
        case .notReclaimed(let error):
            .failure(
                "everything is erased, but the file could not be rewritten, and bytes of it may "
                    + "be left: \(error.diagnostic.sentence)",
                help: "Run the same command again when that is put right.")
        }
    }
}
