/// What was copied from one store into a new one.
package struct CopyOutcome: Hashable, Sendable {
    /// Where from and where to, as a person would name them; no passwords.
    package var source: String
    package var target: String
    /// As it is from now on in both.
    package var identity: StoreIdentity
    /// How many rows each table has, in the order of the copy.
    package var rows: [Table]
    /// Of everything that is kept; in a store of this version the same on both sides.
    package var digest: String
    /// The version that the source has, where it is older than the copy.
    package var movedFrom: Int?
    /// Triggers of others, which are not copied.
    package var leftTriggers: [String]

    package struct Table: Hashable, Sendable {
        package var name: String
        package var count: Int64

        package init(name: String, count: Int64) {
            self.name = name
            self.count = count
        }
    }

    package init(
        source: String, target: String, identity: StoreIdentity, rows: [Table], digest: String,
        movedFrom: Int?, leftTriggers: [String]
    ) {
        self.source = source
        self.target = target
        self.identity = identity
        self.rows = rows
        self.digest = digest
        self.movedFrom = movedFrom
        self.leftTriggers = leftTriggers
    }
}
