/// A set that is sorted when it is built, so that nothing printed from it depends on hashing.
package struct SortedSet<Element: Comparable & Hashable & Sendable>: Hashable, Sendable {
    @usableFromInline var elements: [Element]

    package init() { elements = [] }

    // Made of lists of a few elements, as often as there are people: by code of whoever makes it.
    @inlinable package init(_ source: some Sequence<Element>) {
        elements = Array(source)
        if elements.count < 2 { return }
        elements.sort()
        let isRepeated = { [elements] in elements[$0 - 1] == elements[$0] }
        guard elements.indices.dropFirst().contains(where: isRepeated) else { return }
        elements = elements.indices.filter { $0 == 0 || !isRepeated($0) }.map { elements[$0] }
    }

    package func contains(_ element: Element) -> Bool {
        let place = place(of: element)
        return place < elements.count && elements[place] == element
    }

    package mutating func insert(_ element: Element) {
        let place = place(of: element)
        if place == elements.count {
            elements.append(element)
        } else if elements[place] != element {
            elements.insert(element, at: place)
        }
    }

    package mutating func remove(_ element: Element) {
        let place = place(of: element)
        if place < elements.count && elements[place] == element { elements.remove(at: place) }
    }

    package func subtracting(_ other: Self) -> Self { filtered { !other.contains($0) } }

    package func filtered(_ isIncluded: (Element) -> Bool) -> Self {
        Self(sorted: elements.filter(isIncluded))
    }

    package func union(_ other: Self) -> Self {
        other.isEmpty ? self : isEmpty ? other : Self(elements + other.elements)
    }

    package func intersection(_ other: Self) -> Self {
        Self(sorted: elements.filter { other.contains($0) })
    }

    private init(sorted: [Element]) { elements = sorted }

    /// The first place whose element is not below the given one.
    private func place(of element: Element) -> Int {
        var low = 0
        var high = elements.count
        while low < high {
            let middle = (low + high) / 2
            if elements[middle] < element { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

// A million users have such sets, and other modules look into them by code of their own.
extension SortedSet: RandomAccessCollection {
    @inlinable package var startIndex: Int { 0 }
    @inlinable package var endIndex: Int { elements.count }
    @inlinable package var count: Int { elements.count }
    @inlinable package var isEmpty: Bool { elements.isEmpty }
    @inlinable package subscript(position: Int) -> Element { elements[position] }
    @inlinable package func index(after place: Int) -> Int { place + 1 }
    @inlinable package func index(before place: Int) -> Int { place - 1 }
    @inlinable package func makeIterator() -> IndexingIterator<[Element]> {
        elements.makeIterator()
    }
}

extension SortedSet: ExpressibleByArrayLiteral {
    package init(arrayLiteral elements: Element...) {
        self.init(sorted: elements)
        if elements.count > 1 { self = Self(elements) }
    }
}
