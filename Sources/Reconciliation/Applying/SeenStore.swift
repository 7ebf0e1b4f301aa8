package import AccessModel
package import Storage

/// What a store held, with the mark that it had just before it was looked at.
package struct SeenStore: Sendable {
    package var state: ObservedState
    package var mark: StoreMark?

    package init(state: ObservedState, mark: StoreMark?) {
        self.state = state
        self.mark = mark
    }
}
