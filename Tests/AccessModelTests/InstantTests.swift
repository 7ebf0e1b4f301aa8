import AccessModel
import Support
import Testing

@Suite("Instants")
struct InstantTests {
    @Test(
        "known instants are written as RFC 3339 has them",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59.999999Z"),
            (1_500_000, "1970-01-01T00:00:01.5Z"), (951_782_400_000_000, "2000-02-29T00:00:00Z"),
            (1_795_341_600_000_000, "2026-11-22T10:00:00Z"),
            (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
            (-62_135_596_800_000_000, "0001-01-01T00:00:00Z"),
            (-11_644_473_600_000_000, "1601-01-01T00:00:00Z"),
        ] as [(Int64, String)])
    func known(microseconds: Int64, text: String) {
        #expect(Instant(microseconds: microseconds).text == text)
        #expect(Instant(rfc3339: text)?.microseconds == microseconds)
    }

    @Test("every instant of the years 1 to 9999 survives being written and read")
    func roundTrip() {
        var random = Dice(seed: 11)
        for _ in 0..<20_000 {
            let instant = Instant(
                microseconds: Int64.random(
                    in: -62_135_596_800_000_000...253_402_300_799_999_999, using: &random))
            #expect(Instant(rfc3339: instant.text) == instant)
            #expect(Instant(date: instant.date)! <= instant)
            #expect(Instant(date: instant.date)!.adding(days: 1) > instant)
        }
    }

    @Test("the days of 800 years follow each other as the Gregorian calendar has them")
    func calendar() {
        var expected = Instant(date: "1600-01-01")!
        for year in 1600..<2400 {
            let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
            for (month, length) in zip(
                1..., [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
            {
                for day in 1...length {
                    let made = Instant(year: Int64(year), month: Int64(month), day: Int64(day))
                    guard made == expected else {
                        Issue.record("\(year)-\(month)-\(day) is \(String(describing: made))")
                        return
                    }
                    expected = expected.adding(days: 1)
                }
                #expect(
                    Instant(year: Int64(year), month: Int64(month), day: Int64(length) + 1) == nil)
            }
        }
    }

    @Test(
        "what is no strict date is refused",
        arguments: [
            "2024-02-30", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-01", "2024-01-00",
            "2024-01-32", "0000-01-01", "24-01-01", "2024-1-1", "2024/01/01", "2024-01-01 ",
            " 2024-01-01", "2024-01-01T", "+024-01-01", "2024-0a-01", "", "２０２４-01-01",
            "-001-01-01",
        ])
    func noDate(text: String) { #expect(Instant(date: text) == nil) }

    @Test(
        "what is no strict RFC 3339 instant is refused",
        arguments: [
            "2024-01-01", "2024-01-01T10:00Z", "2024-01-01T24:00:00Z", "2024-01-01T10:60:00Z",
            "2024-01-01T23:59:60Z", "2024-01-01 10:00:00Z", "2024-01-01T10:00:00",
            "2024-02-30T10:00:00Z",
            "2024-01-01T10:00:00.Z", "2024-01-01T10:00:00.1234567890Z", "2024-01-01T10:00:00+1:00",
            "2024-01-01T10:00:00+24:00", "2024-01-01T10:00:00+01:60", "2024-01-01T10:00:00+0100",
            "2024-01-01T10:00:00ZZ", "2024-01-01T10:00:00Z ", "2024-01-01T-1:00:00Z", "T10:00:00Z",
            "",
            "é2024-01-01T10:00:00Z", "2024-01-01T10:00:00,5Z",
        ])
    func noInstant(text: String) { #expect(Instant(rfc3339: text) == nil) }

    @Test("offsets and fractions are understood")
    func offsets() {
        #expect(Instant(rfc3339: "2026-11-22T11:30:00+01:30")?.text == "2026-11-22T10:00:00Z")
        #expect(Instant(rfc3339: "2026-11-21T23:00:00-11:00")?.text == "2026-11-22T10:00:00Z")
        #expect(Instant(rfc3339: "2026-11-22t10:00:00z")?.text == "2026-11-22T10:00:00Z")
        #expect(Instant(rfc3339: "2026-11-22T10:00:00.100Z")?.text == "2026-11-22T10:00:00.1Z")
        #expect(
            Instant(rfc3339: "2026-11-22T10:00:00.123456789Z")?.text
                == "2026-11-22T10:00:00.123456Z")
        #expect(Instant(rfc3339: "2026-11-22T10:00:00-00:00")?.text == "2026-11-22T10:00:00Z")
    }

    @Test("order is the order of time, also before 1970")
    func order() {
        #expect(Instant(rfc3339: "1969-12-31T23:59:59Z")! < Instant(seconds: 0))
        #expect(Instant(microseconds: -1).seconds == -1)
        #expect(Instant(microseconds: -1_000_000).seconds == -1)
        #expect(Instant(microseconds: -1_000_001).seconds == -2)
        #expect(Instant(seconds: 0).adding(days: 1).text == "1970-01-02T00:00:00Z")
        // What could be written and not be read again would spoil a store.
        let last = Instant(rfc3339: "9999-12-31T10:00:00Z")!.adding(days: 36_525)
        #expect(last.text == "9999-12-31T23:59:59.999999Z")
        #expect(Instant(rfc3339: last.text) == last)
    }
}
