internal import Diagnostics

/// A value and the place where it is written.
struct Located<Value> {
    var value: Value
    var span: Span

    init(_ value: Value, at span: Span) {
        self.value = value
        self.span = span
    }
}

extension Located: Sendable where Value: Sendable {}

/// A named set of grants, expanded when the project is loaded; it exists in manifests alone.
enum BundleTag {}
