# The report is harmless and useful in a browser: nothing that people wrote becomes markup, and the page finds.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
file world.py
    # The same small world twice, in plain words and in hostile ones.
    import pathlib, sys
    words = {
        "plain": ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"],
        "hostile": [
            "<script>alert(1)</script>", "\"><img src=x onerror=alert(2)>", "javascript:alert(3)",
            "</style><style>*{display:none}</style>", "' onmouseover='alert(4)",
            "<a href=javascript:alert(5)>", "]]><!-- ", "</table></main><base href=//x.example>",
            "&lt;svg onload=alert(6)&gt;"],
    }
    for name, texts in words.items():
        one, two, three, four, five, six, seven, eight, nine = [
            "'" + text.replace("'", "''") + "'" for text in texts]
        folder = pathlib.Path(name)
        (folder / "people").mkdir(parents=True)
        (folder / "muster.yaml").write_text("kind: Project\nname: acme-access\ninvitations:\n"
            "  from: Acme <access@acme.example>\n  acceptURL: https://access.acme.example/a\n")
        (folder / "people" / (texts[1].replace("/", "") + ".yaml")).write_text(f"""
    kind: Role
    name: access_read
    title: {one}
    ---
    kind: Role
    name: access_write
    title: {two}
    ---
    kind: Tenant
    name: production
    title: {three}
    management: additive
    availableRoles: [access_read, access_write]
    ---
    kind: Identity
    code: io.acme.plant1
    tenant: production
    title: {four}
    users:
      - {{ email: joe@client.example, admin: true, roles: [{five}] }}
    ---
    kind: Admin
    email: ann@acme.example
    firstName: {six}
    lastName: {seven}
    mobile: "+31612345671"
    memberships:
      - tenant: production
        permissions: [invite_admins, assign_permissions, assign_roles]
        reason: {eight}
    ---
    kind: Admin
    email: bob@acme.example
    firstName: {nine}
    lastName: {one}
    mobile: "+31612345672"
    memberships:
      - tenant: production
        roles: [access_read]
        reason: {two}
    """)
end
file drift.py
    # What somebody with a console of the store could write, and manifests that then say more.
    import pathlib, sqlite3
    hostile = "<script>x</script>\u202e\u001b[31m\"'><img src=x onerror=x>"
    for name, text in (("plain", "plain"), ("hostile", hostile)):
        store = sqlite3.connect(name + "/.muster/store.db")
        store.execute("UPDATE accounts SET first_name = ? WHERE email LIKE 'joe%'", (text,))
        store.execute("UPDATE accounts SET last_name = ? WHERE email LIKE 'bob%'", (text,))
        store.execute("UPDATE tenants SET title = ?", (text,))
        store.execute("INSERT INTO accounts VALUES ('eve@acme.example', ?, ?, ?, NULL, NULL, "
            "'Activated', 0, 0)", (text, text, text))
        store.execute("INSERT INTO memberships VALUES ('production', 'eve@acme.example', 0)")
        store.execute("UPDATE foreign_changes SET who = ?, at = '2026-11-21T09:00:00.000Z'", (text,))
        store.commit()
        for file in (pathlib.Path(name) / "people").iterdir():
            file.write_text(file.read_text().replace("[access_read]\n    reason",
                "[access_read, access_write]\n    reason"))
end
$ python3 world.py
$ muster -C plain apply --operator --yes
$ muster -C hostile apply --operator --yes
$ python3 drift.py
$ muster -C plain report --operator --out plain.html
$ muster -C hostile report --operator --out hostile.html
file elements.py
    # What an independent parser sees, and whether the page keeps its own policy.
    import base64, collections, hashlib, html.parser, sys
    class Page(html.parser.HTMLParser):
        def __init__(self, path):
            super().__init__(convert_charrefs=True)
            self.elements, self.texts, self.inside, self.policy = collections.Counter(), {}, "", ""
            self.scripted, self.links = [], set()
            self.feed(open(path, encoding="utf-8").read())
        def handle_starttag(self, tag, attributes):
            self.elements[tag] += 1
            self.inside = tag
            values = dict(attributes)
            if values.get("http-equiv") == "Content-Security-Policy": self.policy = values["content"]
            for name, value in attributes:
                if name.startswith("on") or name in ("style", "src", "srcdoc", "action"):
                    self.scripted.append((tag, name))
                if name == "href": self.links.add(value)
        def handle_endtag(self, tag): self.inside = ""
        def handle_data(self, data):
            self.texts[self.inside] = self.texts.get(self.inside, "") + data
    def hashed(text): return "'sha256-" + base64.b64encode(
        hashlib.sha256(text.encode()).digest()).decode() + "'"
    plain, hostile = Page("plain.html"), Page("hostile.html")
    print("the same elements:", plain.elements == hostile.elements)
    if plain.elements != hostile.elements:
        print(plain.elements - hostile.elements, hostile.elements - plain.elements)
    for tag in "script", "style", "link", "img", "form", "base", "iframe", "object", "svg":
        print(tag, hostile.elements[tag], end="; ")
    print()
    print("attributes that act:", hostile.scripted)
    print("links that leave:", [link for link in hostile.links if not link.startswith("#")])
    print("the policy:", hostile.policy == "default-src 'none'; style-src "
        + hashed(hostile.texts["style"]) + "; script-src " + hashed(hostile.texts["script"])
        + "; base-uri 'none'; form-action 'none'")
    whole = open("hostile.html", encoding="utf-8").read()
    print("hidden characters:", [hex(ord(c)) for c in set(whole) & set("\u202e\u001b")])
    print("shown instead:", "\\u{202e}\\u{1b}[31m" in whole)
end
$ python3 elements.py
out> the same elements: True
out> script 1; style 1; link 0; img 0; form 0; base 0; iframe 0; object 0; svg 0;
out> attributes that act: []
out> links that leave: []
out> the policy: True
out> hidden characters: []
out> shown instead: True
file browse.sh
    # Opens a page and prints what is on it then; what the browser complains of goes to stderr.
    chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run \
        --user-data-dir="$WORK/profile" --enable-logging=stderr --dump-dom "file://$WORK/$1" \
        2> complaints || { cat complaints >&2; exit 1; }
    grep CONSOLE complaints >&2
    exit 0
end
file seen.py
    # The lines of the page that are not hidden, by section, and what the search says of itself.
    import html.parser, sys
    class Seen(html.parser.HTMLParser):
        VOID = {"meta", "input", "wbr"}
        open, hidden, name, section = (), 0, None, ""
        def handle_starttag(self, tag, attributes):
            values = dict(attributes)
            if tag == "html": print("scripted:", values.get("class") == "js")
            if tag == "section": self.section = values["id"]
            if tag in self.VOID: return
            self.open += ((tag, "hidden" in values),)
            self.hidden += "hidden" in values
            if values.get("scope") == "row": self.name = ""
        def handle_endtag(self, tag):
            if tag == "th" and self.name is not None:
                if not self.hidden: print(self.section + ":", self.name)
                self.name = None
            while self.open:
                (name, hidden), self.open = self.open[-1], self.open[:-1]
                self.hidden -= hidden
                if name == tag: break
        def handle_data(self, data):
            if any(name == "output" for name, _ in self.open): print("told:", data)
            if self.name is not None and all(name != "small" for name, _ in self.open):
                self.name += data
    Seen().feed(sys.stdin.read())
end
# All is there, without a word of complaint from the browser.
$ sh -c 'sh browse.sh hostile.html > all.dom && python3 seen.py < all.dom'
!err> CONSOLE
out> scripted: True
!out> told:
out> access: production
out> access: bob@acme.example
out> access: eve@acme.example
out> plan: bob@acme.example
out> identities: io.acme.plant1
out> drift: tenant:production
# The address narrows the page, so that a view can be shared.
$ sh -c 'sh browse.sh "hostile.html#q=BOB%20prod" > bob.dom && python3 seen.py < bob.dom'
!err> CONSOLE
out> told: 4 of
out> access: bob@acme.example
out> pending: bob@acme.example
!out> ann@acme.example
!out> drift:
$ sh -c 'sh browse.sh "hostile.html#q=acme&show=privileged" > privileged.dom && python3 seen.py < privileged.dom'
!err> CONSOLE
out> access: ann@acme.example
!out> access: bob@acme.example
# The policy is at work: any other style or script than the page's own is refused.
$ sh -c 'sed "s/border-collapse/border-Collapse/; s/<main>/<main onclick=alert(1)>/" hostile.html > other.html'
$ sh browse.sh other.html
err> CONSOLE
err> Content Security Policy
