/// Keeps values as long as the process, which is about to end: to take what a million people are
/// made of apart piece by piece would take longer than to end.
func keepUntilTheEnd(_ values: any Sendable...) {
    _ = Unmanaged.passRetained(Kept(values: values))
}

private final class Kept: Sendable {
    let values: [any Sendable]

    init(values: [any Sendable]) { self.values = values }
}
