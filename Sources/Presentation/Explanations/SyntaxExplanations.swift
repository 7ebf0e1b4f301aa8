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

                kind: Members
                tenant: production
                admins: [{ email: ann@acme.example, roles: [access_read] }

                people.yaml:3:9: error[E100]: bracket `[`: it is never closed. Close it with
                `]`.

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

                people.yaml:3:1: error[E101]: account:ann@acme.example: has an unknown field
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

                access.yaml:10:13: error[E102]: tenant:production: `management` is
                `authoritive`, which is none of the words allowed here. Did you mean
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
                title: Production
                title: Test only

                access.yaml:11:1: error[E103]: key "title": it is already in this mapping.
                Delete one of the two.

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

                people.yaml:4:14: error[E104]: Members "production": `email` is `Ann Bee
                <ann@acme.example>`, which is an e-mail address with a display name. Write
                ann@acme.example.

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

                people.yaml:14:43: error[E105]: identity:io.acme.plant1/kim@client.example:
                `enabled` is `yes`, which is no boolean. Write `enabled: true`, without
                quotes.

            What to do: Write `true` or `false`, without quotes.
            """),
        Explanation(
            "W105", "a mobile without quotes",
            """
            A mobile number is written without quotes. Muster keeps it as it is written, with its
            plus.

            Why: To other YAML tools it is a number: when one of them rewrites the file, the plus
            is gone, and with it the E.164 form. (R-37)

            Example:

                mobile: +31612345671

                people.yaml:5:9: warning[W105]: account:ann@acme.example: `mobile` is not
                quoted; other YAML tools read it as a number. Write `"+31612345671"`.

            What to do: Put the number in double quotes.
            """),
        Explanation(
            "E106", "a mobile that is not E.164",
            """
            The number must be `+`, the country code and the subscriber number: at most fifteen
            digits, no leading zero, no spaces.

            Why: It is used for two-factor authentication. A number that cannot be dialled locks
            its owner out on the first day. (R-37)

            Example:

                mobile: "06 1234 5671"

                people.yaml:5:9: error[E106]: account:ann@acme.example: `mobile` is `06 1234
                5671`, which is no E.164 number. Write a plus, the country code and the
                number, as in `"+31612345678"`.

            What to do: Write the number as it is dialled from abroad.
            """),
        Explanation(
            "W106", "a name that other YAML tools read as something else",
            """
            A name is written without quotes in a form that others take for a boolean, a number, a
            time or a date: `no`, `1e3`, `0x1F`, `1:30`, `2024-01-01`. Here it is the text as
            written.

            Why: An editor or a script that rewrites the file could turn the name into `false` or
            `1000`. (R-37)

            Example:

                kind: Role
                name: no

                access.yaml:5:7: warning[W106]: Role "no": `no` is taken as text, but other
                YAML tools read it as a boolean. Write `"no"`.

            What to do: Put the name in double quotes.
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
                users:
                  - { email: kim@client.example }

                people.yaml:10:1: error[E107]: identity:io.acme.plant1: has no `tenant`. Add
                `tenant: …`.

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

                title: "Production\u202Enoitcudorp"

                access.yaml:10:19: error[E108]: character U+202E: the escape `\u202E` gives a
                bidirectional control character, which makes text look different from what it
                is. Delete it.

            What to do: Remove the character. The message names its code point, for it may be
            invisible in your editor.
            """#),
        Explanation(
            "W108", "letters of several alphabets in one word",
            """
            A name or title mixes, say, Latin and Cyrillic letters in one word. In identifiers
            this is an error; in texts for people it may be right.

            Why: Many letters of one alphabet look like those of another, so that a word can be
            read as one that it is not.

            Example:

                title: Prоduction      # with a Cyrillic о

                access.yaml:10:8: warning[W108]: tenant:production: `title` mixes letters of
                several alphabets in one word. Check that every letter is the one it looks
                like.

            What to do: Type the word again, unless the mixture is meant.
            """),
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

                people.yaml:3:1: error[E109]: Members "production": `admins` has no value.
                Write `[]` for an empty list.

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

                more.yaml -> /etc/hostname

                error[E111]: more.yaml: it is a symbolic link that leaves the project. Copy
                the file into the project, or leave it out with `ignore`.

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

                muster.yaml:4:26: error[E113]: project: `delivery` has a password in its URL.
                Remove it, and change it: it is in the history now. Passwords come from the
                environment.

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

                admins: [[[[[[[[ … 70 deep

                deep.yaml:3:72: error[E116]: nesting: lists and mappings are nested deeper
                than 64. Write it flatter.

            What to do: Split the file. `limits` in `muster.yaml` can only lower the built-in
            limits; raising them takes the environment.
            """),
    ]
}
