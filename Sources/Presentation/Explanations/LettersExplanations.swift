extension Explanations {
    /// What is said about templates of letters.
    static let letters: [Explanation] = [
        Explanation(
            "E114", "a template that letters cannot be made of",
            """
            A file of `invitations/` is no template: a tag is not closed or not nested, a
            variable does not exist, a value would not be escaped, the file is not UTF-8 or has
            more than 64 KiB, or the letter would lack the link that it is for.

            Why: A letter leaves after the change is committed. What is found out then is a
            person without a link; so it is found out before anything is written. Names come
            from people, and are text in every letter, never HTML and never a URL.

            Example:

                invitations/create-account.txt:3:1: error[E114]: invitations/create-account.txt:
                there is no variable `invitor` here. Did you mean `inviter`?

            What to do: Mend the file, or remove it and get the built-in letter.
            `muster invitation preview` shows what comes of it; `--template` prints the template
            in force, to begin with.
            """),
        Explanation(
            "W114", "a template that does less than it seems",
            """
            A text or page of `invitations/` is called like no template, so no letter uses it;
            or only one of the two parts of a letter is the project's own.

            Why: With `craete-account.txt`, people get the built-in letter, and nobody sees why.
            A letter has a text and an HTML part that say the same, and the reader's mail
            program chooses.

            Example:

                invitations/craete-account.txt:1:1: warning[W114]:
                invitations/craete-account.txt: no letter uses it. Did you mean
                `create-account.txt`?

            What to do: Rename the file, move it elsewhere, or write the other part, too.
            """),
    ]
}
