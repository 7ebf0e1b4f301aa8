import AccessModel
import Testing

@Suite("A delivery")
struct DeliveryTests {
    private func relay(_ text: String) -> Delivery.Relay? {
        guard case .success(let delivery) = Delivery.parse(text),
            case .smtp(let relay) = delivery.medium
        else { return nil }
        return relay
    }

    @Test("is taken apart, with the ports that each kind has")
    func media() throws {
        #expect(
            try Delivery.parse("maildir:a?b").get().medium == .maildir(path: "a?b"))
        #expect(
            try Delivery.parse("sendmail:").get().medium == .sendmail(path: "/usr/sbin/sendmail"))
        #expect(
            try Delivery.parse("sendmail:/opt/s?timeout=5s").get().medium
                == .sendmail(path: "/opt/s"))
        #expect(
            try Delivery.parse("webhook+https://h.example:8443/a/b").get().medium
                == .webhook(url: "https://h.example:8443/a/b"))
        #expect(
            relay("smtp://mail.example")
                == .init(user: nil, host: "mail.example", port: 587, security: .startTLS))
        #expect(
            relay("smtps://a%40b.example@mail.example")
                == .init(user: "a@b.example", host: "mail.example", port: 465, security: .tls))
        #expect(
            relay("smtp://[::1]?tls=none")
                == .init(user: nil, host: "[::1]", port: 25, security: .none))
        #expect(relay("smtp://ann@b@mail.example:2525")?.user == "ann@b")
        #expect(relay("smtp://[::1]:2525?tls=starttls")?.port == 2525)
    }

    @Test("has a rate and a timeout, within reason")
    func options() throws {
        let delivery = try Delivery.parse("smtp://a.example?rate=10/s&timeout=2m").get()
        #expect(delivery.interval == 100_000 && delivery.timeout == 120)
        #expect(try Delivery.parse("sendmail:?rate=1/m").get().interval == 60_000_000)
        for rate in ["", "0/s", "-1/s", "10", "10/h", "1.5/s", "1001/s", "+1/s", "1/s/s"] {
            #expect(
                Delivery.parse("smtp://a.example?rate=\(rate)") == .failure(.badOption("rate")),
                "\(rate)")
        }
        for timeout in ["", "0s", "5", "6m", "-1s", "9223372036854775807d"] {
            #expect(
                Delivery.parse("smtp://a.example?timeout=\(timeout)")
                    == .failure(.badOption("timeout")), "\(timeout)")
        }
    }

    @Test(
        "is refused for what it cannot be",
        arguments: [
            ("ftp://x", .unknownScheme), ("smtp:x", .unknownScheme), ("maildir:", .malformed),
            ("smtp://", .malformed), ("smtp://a b", .malformed), ("smtp://-a", .malformed),
            ("smtp://a:0", .malformed), ("smtp://a:65536", .malformed), ("smtp://a:x", .malformed),
            ("smtp://a/b", .malformed), ("smtp://@a", .malformed), ("smtp://a%0a@b", .malformed),
            ("smtp://a%4@b", .malformed), ("smtp://a:b@c", .password),
            ("smtp://a?tls=no", .badOption("tls")), ("smtps://a?tls=none", .badOption("tls")),
            ("smtp://a?tls", .badOption("tls")), ("smtp://a?b=c", .unknownOption("b")),
            ("smtp://a?tls=none&tls=none", .badOption("tls")), ("smtp://a?&", .badOption("")),
            ("sendmail:bin/x", .malformed), ("sendmail:?tls=none", .unknownOption("tls")),
            ("webhook+https://", .malformed), ("webhook+https:///x", .malformed),
            ("webhook+https://u@h.example/x", .malformed),
            ("webhook+https://h.example/a b", .malformed),
            ("webhook+https://h.example/?token=x", .unknownOption("token")),
        ] as [(String, Delivery.Problem)])
    func refused(text: String, problem: Delivery.Problem) {
        #expect(Delivery.parse(text) == .failure(problem))
    }
}
