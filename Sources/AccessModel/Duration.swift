/// Seconds as manifests write them: in the largest unit that fits, `7d`.
package func durationText(_ seconds: Int64) -> String {
    for (unit, size) in [("d", Int64(86_400)), ("h", 3_600), ("m", 60)] where seconds % size == 0 {
        return "\(seconds / size)\(unit)"
    }
    return "\(seconds)s"
}

/// The seconds of such a text, or `nil`.
package func durationSeconds(_ text: String) -> Int64? {
    let sizes: [Character: Int64] = ["d": 86_400, "h": 3_600, "m": 60, "s": 1]
    guard let unit = text.last.flatMap({ sizes[$0] }), let count = Int64(text.dropLast()) else {
        return nil
    }
    let (seconds, isTooLong) = count.multipliedReportingOverflow(by: unit)
    return isTooLong ? nil : seconds
}
