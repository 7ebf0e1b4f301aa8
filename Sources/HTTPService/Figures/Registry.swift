internal import CoreMetrics
internal import Synchronization

/// Keeps what swift-metrics is told, and writes it in Prometheus' text format (version 0.0.4).
final class Registry: MetricsFactory {
    struct Key: Hashable {
        var name: String
        var labels: [[String]]

        init(_ name: String, _ dimensions: [(String, String)]) {
            self.name = name
            labels = dimensions.map { [$0.0, $0.1] }
        }
    }

    private enum Series {
        case counter(Tally)
        case gauge(Tally)
        case histogram(Histogram)
    }

    private let series = Mutex<[Key: Series]>([:])

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        tally(Key(label, dimensions)) { .counter($0) }
    }

    func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        tally(Key(label, dimensions)) { .gauge($0) }
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        let key = Key(label, dimensions)
        return series.withLock { series in
            if case .histogram(let histogram)? = series[key] { return histogram }
            let histogram = Histogram()
            series[key] = .histogram(histogram)
            return histogram
        }
    }

    // A series stays for as long as the process, as Prometheus expects of a counter.
    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}

    private func tally(_ key: Key, _ series: (Tally) -> Series) -> Tally {
        self.series.withLock { all in
            switch all[key] {
            case .counter(let tally), .gauge(let tally): return tally
            case .histogram, nil: break
            }
            let tally = Tally()
            all[key] = series(tally)
            return tally
        }
    }

    /// Sorted by name and labels.
    ///
    /// - Parameter help: What each name tells, and in which unit.
    func text(help: [String: String]) -> String {
        let series = series.withLock { $0 }
        var text = ""
        for (name, members) in Dictionary(grouping: series, by: \.key.name).sorted(by: {
            $0.key < $1.key
        }) {
            let lines = members.sorted {
                $0.key.labels.lexicographicallyPrecedes($1.key.labels) {
                    $0.lexicographicallyPrecedes($1)
                }
            }
            let type =
                switch lines[0].value {
                case .counter: "counter"
                case .gauge: "gauge"
                case .histogram: "histogram"
                }
            if let help = help[name] { text += "# HELP \(name) \(help)\n" }
            text += "# TYPE \(name) \(type)\n"
            for (key, value) in lines {
                switch value {
                case .counter(let tally), .gauge(let tally):
                    text += "\(name)\(labels(key.labels)) \(number(tally.value))\n"
                case .histogram(let histogram): text += histogram.lines(name, key.labels)
                }
            }
        }
        return text
    }
}

/// A number that grows, or is set.
final class Tally: CounterHandler, RecorderHandler {
    private let number = Mutex<Double>(0)

    var value: Double { number.withLock { $0 } }

    func increment(by amount: Int64) { number.withLock { $0 += Double(amount) } }
    func reset() { number.withLock { $0 = 0 } }
    func record(_ value: Int64) { number.withLock { $0 = Double(value) } }
    func record(_ value: Double) { number.withLock { $0 = value } }
}

/// How long something took, in seconds.
final class Histogram: TimerHandler {
    private struct Contents {
        var counts = [Int64](repeating: 0, count: Histogram.bounds.count)
        var count: Int64 = 0
        var sum = 0.0
    }

    private static let bounds = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
    ]

    private let contents = Mutex(Contents())

    func recordNanoseconds(_ duration: Int64) {
        let seconds = Double(duration) / 1e9
        contents.withLock { contents in
            contents.count += 1
            contents.sum += seconds
            for (place, bound) in Self.bounds.enumerated() where seconds <= bound {
                contents.counts[place] += 1
            }
        }
    }

    fileprivate func lines(_ name: String, _ pairs: [[String]]) -> String {
        let contents = contents.withLock { $0 }
        var text = ""
        for (bound, count) in zip(Self.bounds, contents.counts) {
            text += "\(name)_bucket\(labels(pairs + [["le", number(bound)]])) \(count)\n"
        }
        text += "\(name)_bucket\(labels(pairs + [["le", "+Inf"]])) \(contents.count)\n"
        text += "\(name)_sum\(labels(pairs)) \(number(contents.sum))\n"
        return text + "\(name)_count\(labels(pairs)) \(contents.count)\n"
    }
}

private func number(_ value: Double) -> String {
    Int64(exactly: value).map(String.init) ?? "\(value)"
}

private func labels(_ pairs: [[String]]) -> String {
    guard !pairs.isEmpty else { return "" }
    let texts = pairs.map { pair in
        let value = pair[1].replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n")
        return "\(pair[0])=\"\(value)\""
    }
    return "{" + texts.joined(separator: ",") + "}"
}
