/// A point in time in UTC, to the microsecond.
package struct Instant: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Since 1970-01-01T00:00:00Z.
    package let microseconds: Int64

    package init(microseconds: Int64) { self.microseconds = microseconds }
    package init(seconds: Int64) { microseconds = seconds * 1_000_000 }

    package var seconds: Int64 {
        microseconds >= 0 ? microseconds / 1_000_000 : -((999_999 - microseconds) / 1_000_000)
    }

    package static func < (a: Self, b: Self) -> Bool { a.microseconds < b.microseconds }

    /// At most the last instant that RFC 3339 can write, which would not be read again otherwise.
    package func adding(seconds: Int64) -> Instant {
        Instant(microseconds: min(microseconds + seconds * 1_000_000, Self.last))
    }

    private static let last: Int64 = 253_402_300_799_999_999

    package func adding(days: Int64) -> Instant { adding(seconds: days * 86_400) }

    package var description: String { text }
}

// Dates: the proleptic Gregorian calendar, by days from the civil era of 1 March 0000.
extension Instant {
    /// RFC 3339 section 5.6 in UTC, with a fraction only where there is one.
    package var text: String {
        let total = seconds
        let clock = total - (total >= 0 ? total / 86_400 : -((86_399 - total) / 86_400)) * 86_400
        var fraction = microseconds - total * 1_000_000
        var digits = 6
        while digits > 0, fraction % 10 == 0 { (fraction, digits) = (fraction / 10, digits - 1) }
        var text = date
        text.reserveCapacity(27)
        text += String(unsafeUninitializedCapacity: 16) { bytes in
            var count = 0
            func put(_ mark: Unicode.Scalar, _ value: Int64, _ width: Int) {
                bytes[count] = UInt8(ascii: mark)
                count += 1 + width
                var rest = value
                for place in 1...width {
                    bytes[count - place] = UInt8(0x30 + rest % 10)
                    rest /= 10
                }
            }
            put("T", clock / 3_600, 2)
            put(":", clock / 60 % 60, 2)
            put(":", clock % 60, 2)
            if digits > 0 { put(".", fraction, digits) }
            return count
        }
        text += "Z"
        return text
    }

    /// The day alone: `2026-11-22`.
    package var date: String {
        let (year, month, day) = civil
        guard (0...9_999).contains(year) else {
            return Self.digits(year, 4) + "-" + Self.digits(month, 2) + "-" + Self.digits(day, 2)
        }
        let number = (year * 100 + month) * 100 + day
        return String(unsafeUninitializedCapacity: 10) { bytes in
            var rest = number
            for place in [9, 8, 6, 5, 3, 2, 1, 0] {
                bytes[place] = UInt8(0x30 + rest % 10)
                rest /= 10
            }
            (bytes[4], bytes[7]) = (0x2D, 0x2D)
            return 10
        }
    }

    private var civil: (year: Int64, month: Int64, day: Int64) {
        let days = seconds >= 0 ? seconds / 86_400 : -((86_399 - seconds) / 86_400)
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let civilMonth = month < 10 ? month + 3 : month - 9
        return (yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0), civilMonth, day)
    }

    /// Midnight UTC at the start of a day, or `nil` when there is no such day (year 0 among them).
    package init?(year: Int64, month: Int64, day: Int64) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths: [Int64] = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day >= 1, day <= lengths[Int(month) - 1] else { return nil }
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(seconds: (era * 146_097 + dayOfEra - 719_468) * 86_400)
    }

    /// The start of a strict `YYYY-MM-DD`, 00:00 UTC.
    package init?(date text: String) { self.init(dateBytes: Array(text.utf8)[...]) }

    /// - Parameter bytes: From index 0.
    private init?(dateBytes bytes: ArraySlice<UInt8>) {
        guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D,
            let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
            let day = Self.number(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// A strict RFC 3339 date-time: `2026-11-22T10:00:00Z`, `…+01:00`, with up to nine digits of a
    /// fraction, of which six are kept. 24:00 and leap seconds are refused.
    package init?(rfc3339 text: String) {
        var bytes = Array(text.utf8)[...]
        guard bytes.count >= 20, let day = Instant(dateBytes: bytes.prefix(10)) else {
            return nil
        }
        bytes = bytes.dropFirst(10)
        guard bytes.first == 0x54 || bytes.first == 0x74 else { return nil }
        bytes = bytes.dropFirst()
        let clock = Array(bytes.prefix(8))
        guard clock.count == 8, clock[2] == 0x3A, clock[5] == 0x3A,
            let hour = Self.number(clock[0..<2]), let minute = Self.number(clock[3..<5]),
            let second = Self.number(clock[6..<8]), hour < 24, minute < 60, second < 60
        else { return nil }
        bytes = bytes.dropFirst(8)
        var fraction: Int64 = 0
        if bytes.first == 0x2E {
            let digits = bytes.dropFirst().prefix { (0x30...0x39).contains($0) }
            guard (1...9).contains(digits.count) else { return nil }
            let six = (Array(digits) + Array(repeating: 0x30, count: 6)).prefix(6)
            fraction = Self.number(six) ?? 0
            bytes = bytes.dropFirst(1 + digits.count)
        }
        var offset: Int64 = 0
        if bytes.count == 1, bytes.first == 0x5A || bytes.first == 0x7A {
            offset = 0
        } else {
            let zone = Array(bytes)
            guard zone.count == 6, zone[0] == 0x2B || zone[0] == 0x2D, zone[3] == 0x3A,
                let hours = Self.number(zone[1..<3]), let minutes = Self.number(zone[4..<6]),
                hours < 24, minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * 60 * (zone[0] == 0x2B ? 1 : -1)
        }
        let total = day.seconds + hour * 3_600 + minute * 60 + second - offset
        self.init(microseconds: total * 1_000_000 + fraction)
    }

    private static func number(_ digits: some Collection<UInt8>) -> Int64? {
        var value: Int64 = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            value = value * 10 + Int64(digit - 0x30)
        }
        return value
    }

    private static func digits(_ value: Int64, _ width: Int) -> String {
        let text = String(value)
        let missing = width - text.utf8.count
        return missing > 0 ? String(repeating: "0", count: missing) + text : text
    }
}
