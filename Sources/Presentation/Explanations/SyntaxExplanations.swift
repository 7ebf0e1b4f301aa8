extension Explanations {
    static let syntax: [Explanation] = [
        Explanation(
            "E100", "the file is not YAML",
            """
            The text does not parse, or its bytes are not UTF-8. The place is where the mistake
            begins: for a quote or bracket that is never closed, where it was opened. Left-over
            merge markers (`<<<<<<<`) are named as such. Other errors in the same file wait until
            it parses.

            Why: A file that cannot be read is never an empty one: whoever were declared in it
            would be removed. (R-26)

            Example:

                admins: [ann@acme.example

                people.yaml:3:9: error[E100]: people.yaml: this list is never closed. Add the
                missing `]`.

            What to do: Correct the text at the marked place. Indent with spaces; put a space
            after each colon; quote values that contain `: ` or ` #`; save as UTF-8.
            """),
        Explanation(
            "E101", "an unknown field or kind",
            """
            A document has a field that its kind does not know, or a `kind` that does not exist.

            Why: An ignored typo is a grant that silently never happens, or one that silently
            stays. The language is strict, so nothing is ever ignored. (R-36)

            Example:

                kind: Admin
                email: ann@acme.example
                fristName: Ann

                people.yaml:3:1: error[E101]: Admin ann@acme.example: unknown field
                `fristName`. Did you mean `firstName`?

            What to do: Use the suggested name, or look the field up: `muster schema` prints the
            JSON Schema that editors complete from.
            """),
        Explanation(
            "E102", "a value of the wrong type, or not one of the allowed ones",
            """
            A list stands where a text is expected, a text where a list is, or the value is not
            one of the allowed words, not a date, not a duration or not a number in its range. A
            name that does not fit its pattern is reported here too. The message says what is
            expected.

            Why: Guessing what was meant would make the plan depend on the guess. (R-36)

            Example:

                kind: Tenant
                name: production
                management: authoritive

                tenants.yaml:3:13: error[E102]: tenant:production: `management` is
                `authoritative`, `additive` or `observe`, not `authoritive`. Did you mean
                `authoritative`?

            What to do: Write the value in the form that the message names. Dates are `2027-06-30`
            or an RFC 3339 instant, durations `7d`, `12h` or `30m`, names lower-case letters,
            digits and inner hyphens.
            """),
        Explanation(
            "E103", "a duplicate key",
            """
            One mapping has the same key twice, possibly through an alias or a merge key.

            Why: Most YAML readers keep the last one, so that a second `permissions:` far below
            the first can hide a grant from a reviewer. (R-36)

            Example:

                kind: Tenant
                name: production
                name: staging

                tenants.yaml:3:1: error[E103]: Tenant: the key `name` is here twice. Keep one
                of them.

            What to do: Keep one. The note points at the first.
            """),
        Explanation(
            "E104", "not an e-mail address",
            """
            The value is not one plain address: it has a display name, a `mailto:`, a quoted local
            part, an IP literal, no domain, or parts over 64, 255 or 254 bytes.

            Why: The address is the key of a person. Forms that mail programs treat alike must not
            become two people.

            Example:

                - { email: "Ann Bee <ann@acme.example>" }

                members.yaml:4:12: error[E104]: Ann Bee <ann@acme.example>: not a bare
                address. Write `ann@acme.example`.

            What to do: Write `local@domain` and nothing else. Names belong into `firstName` and
            `lastName`.
            """),
        Explanation(
            "E105", "a boolean that is not `true` or `false`",
            """
            Words such as `yes`, `no`, `on` and `True` are texts here, not booleans.

            Why: YAML readers disagree on them: `no` is false to one and the text "no" to another.
            Scalars are taken as they are written. (R-37)

            Example:

                - { email: kim@client.example, enabled: yes }

                identities.yaml:5:43: error[E105]: kim@client.example: `enabled` is `true` or
                `false`, not `yes`. Write `true`.

            What to do: Write `true` or `false`, without quotes.
            """),
        Explanation(
            "W105", "a text that other YAML tools read as something else",
            """
            A mobile number, or a name, is written without quotes in a form that other programs
            take for a number, a date or a boolean. Muster keeps it as it is written.

            Why: `+31612345678` loses its plus when another tool rewrites the file; then it is no
            longer an E.164 number. (R-37)

            Example:

                mobile: +31612345678

                people.yaml:5:9: warning[W105]: ann@acme.example: a mobile without quotes is a
                number to other tools. Write `"+31612345678"`.

            What to do: Put the value in double quotes.
            """),
        Explanation(
            "E106", "a mobile that is not E.164",
            """
            The number must be `+`, the country code and the subscriber number: at most fifteen
            digits, no leading zero, no spaces.

            Why: It is used for two-factor authentication. A number that cannot be dialled locks
            its owner out on the first day. (R-37)

            Example:

                mobile: "06 1234 5678"

                people.yaml:5:9: error[E106]: ann@acme.example: `06 1234 5678` is not an E.164
                number. Write it with its country code, as `+31612345678`.

            What to do: Write the number as it is dialled from abroad.
            """),
        Explanation(
            "E107", "a missing field",
            """
            A document or an entry lacks a field that its kind cannot do without: its name, its
            key, its tenant.

            Why: Without it there is nothing to compare with the store. (R-36)

            Example:

                kind: Identity
                code: io.acme.plant1

                identities.yaml:1:1: error[E107]: Identity io.acme.plant1: the field `tenant`
                is missing. Add `tenant: NAME`.

            What to do: Add the field that the message names.
            """),
        Explanation(
            "E108", "control or bidirectional characters",
            #"""
            The text contains NUL, a terminal control, a Unicode line separator, or a character
            that turns the reading direction or takes no space.

            Why: They make a reviewer see another text than the program reads: a grant can be
            hidden, a name can be made to look like another.

            Example:

                title: "Plant 1\u202Eevil"

                identities.yaml:4:8: error[E108]: identity:io.acme.plant1: the text contains
                U+202E (right-to-left override). Remove it.

            What to do: Remove the character. The message names its code point, for it may be
            invisible in your editor.
            """#),
        Explanation(
            "E109", "a key without a value",
            """
            A key is followed by nothing, by `~` or by `null`.

            Why: "Nothing" could mean "leave it" or "empty it", and the second removes people. So
            it is neither. (R-37)

            Example:

                kind: Members
                tenant: production
                admins:

                members.yaml:3:1: error[E109]: Members production: `admins` has no value.
                Write `[]` for an empty list, or remove the key.

            What to do: Write `[]` for an empty list, `""` for an empty text, or delete the line.
            """),
        Explanation(
            "E111", "a file that cannot or may not be read",
            """
            A manifest is unreadable, is a link that leaves the project, is no ordinary file (a
            pipe, a device), or has a name that is not UTF-8.

            Why: An unreadable file must never look like one that declares nobody. A link out of
            the project would let one folder's owners be overruled by another's. (R-26)

            Example:

                extra.yaml -> /etc/hostname

                extra.yaml:1:1: error[E111]: extra.yaml: the link leaves the project. Copy the
                file into it, or list it under `ignore`.

            What to do: Make the file readable, move it into the project, or list it in the
            project's `ignore`.
            """),
        Explanation(
            "E113", "a secret in a manifest",
            """
            A URL in `muster.yaml` holds a password.

            Why: Manifests are read by everyone who reviews them and stay in git's history for
            ever.

            Example:

                delivery: smtps://muster:secret@mail.acme.example

                muster.yaml:3:11: error[E113]: project: the URL holds a password. Take it out
                and set MUSTER_SMTP_PASSWORD.

            What to do: Remove it and treat it as known to others. Passwords come from the
            environment, from a file that the environment names, or from libpq's own places.
            """),
        Explanation(
            "E116", "a limit is exceeded",
            """
            A file is too long or too deeply nested, a scalar or key too long, aliases expand to
            too much, or there are too many files.

            Why: A manifest from a pull request must not be able to stop the machine that checks
            it.

            Example:

                [[[[[[[[ … 65 deep

                deep.yaml:1:65: error[E116]: deep.yaml: nested more than 64 deep. Flatten it.

            What to do: Split the file. `limits` in `muster.yaml` can only lower the built-in
            limits; raising them takes the environment.
            """),
    ]
}
