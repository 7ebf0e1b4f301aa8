/// What `validate --strict` tells of manifests that are right: what they say twice, and what
/// nothing uses. Each rule has a file here; past ends (W153) are told where they are read.
func lint(_ documents: Documents, _ findings: inout Findings) {
    findDoubleGrants(in: documents, &findings)
    findDoubleAdmins(in: documents, &findings)
    findUnusedBundles(in: documents, &findings)
    findUnusedRights(in: documents, &findings)
}

extension Documents {
    /// The memberships of Admin and of Members documents.
    var membershipEntries: [MembershipEntry] {
        admins.flatMap(\.memberships) + members.flatMap(\.memberships)
    }
}
