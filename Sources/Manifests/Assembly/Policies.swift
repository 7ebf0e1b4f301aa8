internal import AccessModel
internal import Diagnostics

/// The policies by name, with their names looked up.
func policies(
    of documents: Documents, _ catalogue: Catalogue, _ provenance: inout Provenance,
    _ findings: inout Findings
) -> [Policy] {
    var result: [Policy] = []
    for document in firstDeclarations(
        of: documents.policies, by: \.name.value, at: \.name.span, about: \.subject, &findings)
    {
        let name = document.name.value.text
        provenance.add(.policy(name, rule: nil), at: document.name.span)
        let tenants = document.tenants?
            .filter { catalogue.known($0, about: document.subject, &findings) }
        var rules: [PolicyRule] = []
        for entry in document.rules where !findings.isFull(entry.span.file) {
            let address = Address.policy(name, rule: entry.number)
            provenance.add(address, at: entry.span)
            let rule = rule(entry, about: .address(address), catalogue, &findings)
            if let rule { rules.append(rule) }
        }
        result.append(
            Policy(
                name: name, tenants: tenants.map { SortedSet($0.map(\.value)) }, rules: rules))
    }
    return result.sorted { $0.name < $1.name }
}

private func rule(
    _ entry: PolicyRuleEntry, about subject: Subject, _ catalogue: Catalogue,
    _ findings: inout Findings
) -> PolicyRule? {
    switch entry.body {
    case .ready(let rule): return rule
    case .holders(let reference, let count, let atMost):
        return catalogue.grant(reference, about: subject, &findings)
            .map { atMost ? .maxHolders($0, count: count) : .minHolders($0, count: count) }
    case .mutuallyExclusive(let references):
        return .mutuallyExclusive(
            grants(
                references, of: "mutuallyExclusive", about: subject, catalogue, &findings))
    }
}

/// What the references name, sorted; E138 for the same twice.
private func grants(
    _ references: [GrantReference], of field: String, about subject: Subject,
    _ catalogue: Catalogue, _ findings: inout Findings
) -> [Grant] {
    var places: [Grant: Span] = [:]
    for reference in references {
        if findings.isFull(reference.span.file) { break }
        guard let grant = catalogue.grant(reference, about: subject, &findings) else { continue }
        if let first = places[grant] {
            findings.add(
                .duplicateEntry(
                    grant.name, of: field, about: subject, at: reference.span, first: first))
        } else {
            places[grant] = reference.span
        }
    }
    return places.keys.sorted()
}

/// The access tests by name, with their names looked up.
func accessTests(
    of documents: Documents, _ catalogue: Catalogue, _ provenance: inout Provenance,
    _ findings: inout Findings
) -> [AccessTest] {
    var result: [AccessTest] = []
    for document in firstDeclarations(
        of: documents.accessTests, by: \.name.value, at: \.name.span,
        about: { .address(.accessTest($0.name.value.text, expectation: nil)) }, &findings)
    {
        let name = document.name.value.text
        provenance.add(.accessTest(name, expectation: nil), at: document.name.span)
        var expectations: [AccessTest.Expectation] = []
        for entry in document.expectations where !findings.isFull(entry.span.file) {
            let address = Address.accessTest(name, expectation: entry.number)
            provenance.add(address, at: entry.span)
            let expectation = expectation(entry, about: .address(address), catalogue, &findings)
            if let expectation { expectations.append(expectation) }
        }
        result.append(AccessTest(name: name, expectations: expectations))
    }
    return result.sorted { $0.name < $1.name }
}

private func expectation(
    _ entry: ExpectationEntry, about subject: Subject, _ catalogue: Catalogue,
    _ findings: inout Findings
) -> AccessTest.Expectation? {
    switch entry.body {
    case .person(let email, let tenant, let holds, let lacks):
        let isKnown = catalogue.known(tenant, about: subject, &findings)
        let holds = grants(holds, of: "holds", about: subject, catalogue, &findings)
        let lacks = grants(lacks, of: "lacks", about: subject, catalogue, &findings)
        return isKnown ? .holds(email, tenant.value, holds: holds, lacks: lacks) : nil
    case .holders(let tenant, let reference, let people):
        let isKnown = catalogue.known(tenant, about: subject, &findings)
        let grant = catalogue.grant(reference, about: subject, &findings)
        return isKnown ? grant.map { .holders(tenant.value, $0, people) } : nil
    case .identityAdmins(let code, let people):
        return catalogue.known(code, about: subject, &findings)
            ? .identityAdmins(code.value, people) : nil
    }
}
