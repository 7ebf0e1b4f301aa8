/// W151: bundles that no membership names.
func findUnusedBundles(in documents: Documents, _ findings: inout Findings) {
    guard !documents.bundles.isEmpty else { return }
    let used = Set(documents.membershipEntries.flatMap { $0.bundles.map(\.value) })
    for bundle in documents.bundles where !used.contains(bundle.name.value) {
        findings.add(.unusedBundle(about: bundle.subject, at: bundle.name.span))
    }
}
