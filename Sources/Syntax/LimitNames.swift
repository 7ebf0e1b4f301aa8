extension Limits {
    /// These limits, with every one that the project states lower (`Project.limits`). Raising one
    /// needs the environment, so a higher number changes nothing.
    package func lowered(by stated: [String: Int]) -> Limits {
        var limits = self
        for (name, path) in Self.names {
            guard let value = stated[name], value > 0 else { continue }
            limits[keyPath: path] = min(limits[keyPath: path], value)
        }
        return limits
    }

    /// The limits by the names that the manifests and `MUSTER_LIMIT_…` use.
    package static var names: [(name: String, path: WritableKeyPath<Limits, Int>)] {
        [
            ("fileBytes", \.fileBytes), ("totalBytes", \.totalBytes), ("files", \.files),
            ("nesting", \.nesting), ("scalarBytes", \.scalarBytes), ("keyBytes", \.keyBytes),
            ("nameScalars", \.nameScalars), ("aliasNodes", \.aliasNodes),
            ("aliasBytes", \.aliasBytes),
        ]
    }
}
