internal import Synchronization

/// A bucket for each key that fills with time: so many requests a minute, and as many at once after
/// a minute's rest.
///
/// What it refuses depends on how often a key came, never on what it asked for, so that it tells
/// nothing about a token.
final class RateLimiter: Sendable {
    private struct Bucket {
        var level: Double
        var at: ContinuousClock.Instant
    }

    private let perMinute: Double
    private let buckets = Mutex<[[UInt8]: Bucket]>([:])
    /// Beyond it, buckets that are full again are forgotten, and if none is, all.
    private static let mostKeys = 50_000

    /// - Parameter perMinute: 0 is no limit.
    init(perMinute: Int) { self.perMinute = Double(perMinute) }

    /// `nil` when the request may go on, else after how many seconds the next one may.
    func wait(_ key: [UInt8], at now: ContinuousClock.Instant = .now) -> Int? {
        guard perMinute > 0 else { return nil }
        return buckets.withLock { buckets in
            if buckets.count >= Self.mostKeys, buckets[key] == nil {
                buckets = buckets.filter { level(of: $0.value, at: now) < perMinute }
                if buckets.count >= Self.mostKeys { buckets = [:] }
            }
            var bucket = buckets[key] ?? Bucket(level: perMinute, at: now)
            bucket.level = level(of: bucket, at: now)
            bucket.at = now
            let isAllowed = bucket.level >= 1
            if isAllowed { bucket.level -= 1 }
            buckets[key] = bucket
            return isAllowed ? nil : Int(((1 - bucket.level) * 60 / perMinute).rounded(.up))
        }
    }

    private func level(of bucket: Bucket, at now: ContinuousClock.Instant) -> Double {
        let (seconds, attoseconds) = bucket.at.duration(to: now).components
        let elapsed = Double(seconds) + Double(attoseconds) / 1e18
        return min(perMinute, bucket.level + elapsed * perMinute / 60)
    }
}
