/// How the page looks: the reader's own fonts and colours by day and night, wide, narrow and on
/// paper. Nothing in it is fetched.
enum ReportStyle {
    static let wide: StaticString = #"""

        :root {
          color-scheme: light dark;
          --paper: #fdfdfc; --card: #f4f5f5; --ink: #1c2126; --soft: #545d66; --line: #d5dade;
          --link: #0a558c; --strong: #7a3100; --strong-back: #fdf0e2; --strong-line: #d9a066;
          --good: #1e6436; --wait: #5c4b00; --bad: #96190f; --soon: #5f2d91;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #15191d; --card: #1e2429; --ink: #e4e8eb; --soft: #a6b0b9; --line: #39424a;
            --link: #82c4f0; --strong: #f6c48f; --strong-back: #35271a; --strong-line: #8a6234;
            --good: #86d39c; --wait: #e6cf73; --bad: #ff9d92; --soon: #d0b0f5;
          }
        }
        * { box-sizing: border-box; }
        [hidden] { display: none !important; }
        html { scroll-padding-top: 4rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
        body {
          margin: 0 auto; padding: 0 1.5rem 3rem; max-width: 80rem;
          background: var(--paper); color: var(--ink);
          font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue",
            "Noto Sans", "DejaVu Sans", Arial, sans-serif;
          font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
        }
        a { color: var(--link); }
        :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
        code { font: .875em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono",
          monospace; }
        small { color: var(--soft); font-size: .875em; font-weight: 400; }
        .skip { position: absolute; left: -100rem; }
        .skip:focus { left: 1rem; top: .5rem; padding: .5rem 1rem; background: var(--paper);
          z-index: 3; }
        .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden;
          clip-path: inset(50%); }
        .mute { color: var(--soft); }
        ::placeholder { color: var(--soft); opacity: 1; }
        .note, .empty { color: var(--soft); margin: .5rem 0; }
        .none { margin: 2rem 0 0; }
        .alarm { margin: .75rem 0; padding: .5rem .75rem; border-left: 4px solid var(--bad);
          background: var(--card); }

        header { padding: 2rem 0 0; }
        .kind { margin: 0; color: var(--soft); letter-spacing: .04em; }
        h1 { margin: 0 0 .5rem; font-size: 2rem; line-height: 1.2; font-weight: 650; }
        h2 { margin: 0 0 .75rem; font-size: 1.375rem; line-height: 1.3; font-weight: 650; }
        .facts { display: flex; flex-wrap: wrap; gap: .25rem 2rem; margin: 0 0 1.5rem; }
        .facts div { display: flex; gap: .5rem; }
        .facts dt { flex: none; color: var(--soft); }
        .facts dd { margin: 0; }
        .band { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr));
          gap: .75rem; margin: 0 0 1.5rem; padding: 0; list-style: none; }
        .band a { display: block; height: 100%; padding: .75rem .875rem; color: inherit;
          text-decoration: none; background: var(--card); border: 1px solid var(--line);
          border-radius: .5rem; }
        .band a:hover { border-color: var(--link); }
        .band b { font-size: 1.5rem; line-height: 1.2; font-weight: 650; }
        .band i { font-style: normal; color: var(--bad); }
        .band small { display: block; line-height: 1.35; }

        nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0; padding: 0;
          list-style: none; }
        nav a { display: inline-block; padding: .25rem 0; }
        .find { display: none; }
        .js .find { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .75rem;
          position: sticky; top: 0; z-index: 2; min-height: 3.5rem; padding: .5rem 0;
          background: var(--paper); border-bottom: 1px solid var(--line); }
        .find input, .find select { font: inherit; color: inherit; background: var(--paper);
          border: 1px solid var(--soft); border-radius: .375rem; padding: .3rem .6rem;
          min-height: 2.5rem; }
        .find input { flex: 1 1 14rem; max-width: 26rem; min-width: 0; }
        .find output { min-width: 11rem; color: var(--soft); }

        section { padding: 2.25rem 0 0; }
        details { margin: 0 0 1rem; border: 1px solid var(--line); border-radius: .5rem; }
        summary { padding: .625rem .875rem; cursor: pointer; }
        summary b { font-weight: 650; }
        details[open] > summary { border-bottom: 1px solid var(--line); }
        details > .empty { margin: .75rem .875rem; }
        table { width: 100%; border-collapse: collapse; }
        details table { table-layout: fixed; }
        caption { position: absolute; width: 1px; height: 1px; overflow: hidden;
          clip-path: inset(50%); white-space: nowrap; }
        th, td { padding: .5rem .875rem; text-align: left; vertical-align: top; font-weight: 400; }
        tbody tr + tr > * { border-top: 1px solid var(--line); }
        tbody tr:hover > * { background: var(--card); }
        thead th { color: var(--soft); font-size: .875rem; font-weight: 600;
          background: var(--card); }
        .js details thead th { position: sticky; top: 3.5rem; z-index: 1; }
        tbody th { font-weight: 600; }
        tbody th small, td small { display: block; }
        .chips small, summary small, tbody .group small { display: inline; }
        time { white-space: nowrap; }
        td > .badge:not(:last-child) { display: block; }
        .group th { padding: .75rem .875rem .25rem; color: var(--soft); font-weight: 600; }
        .group + tr > * { border-top: 0; }
        tbody tr.group:hover > * { background: none; }
        .overview { margin: 0 0 1.25rem; }
        .overview th + *, .overview td { text-align: right; }
        .overview thead th { background: none; vertical-align: bottom; }
        .overview thead th:nth-child(n+3) { text-align: right; }
        .overview tr > :nth-child(2) { text-align: left; }
        .overview tbody tr:last-child > * { border-bottom: 1px solid var(--line); }
        .access tr > :nth-child(1) { width: 26%; }
        .access tr > :nth-child(2) { width: 12%; }
        .access tr > :nth-child(5) { width: 20%; }
        .plan tr > :nth-child(1) { width: 6rem; }
        .plan tr > :nth-child(4) { width: 22%; }
        .privileged tr > :nth-child(1), .plan tr > :nth-child(2) { width: 28%; }
        .privileged tr > :nth-child(3) { width: 14%; }
        .findings tr > :nth-child(1) { width: 10rem; }
        .findings tr > :nth-child(3) { width: 40%; }
        .identities tr > :nth-child(2) { width: 10rem; }
        .runs tr > :nth-child(1) { width: 12%; }
        .runs tr > :nth-child(2), .drift tr > :nth-child(3) { width: 14.5rem; }
        .runs tr > :nth-child(n+4) { width: 12%; }
        .entries tr > :nth-child(1), .drift tr > :nth-child(1) { width: 34%; }
        .entries tr > :nth-child(2) { width: 15%; }
        .entries tr > :nth-child(4) { width: 20%; }
        .pending tr > :nth-child(n+3) { width: 14.5rem; }
        .symbol { display: inline-block; width: 1em; font-family: ui-monospace, monospace; }

        .chips, .people { margin: 0; padding: 0; list-style: none; }
        .chips { display: flex; flex-wrap: wrap; gap: .25rem; }
        td > .chips:not(:first-child) { margin-top: .25rem; }
        .chips li { padding: 0 .45rem; border: 1px solid var(--line); border-radius: .25rem;
          font-size: .875rem; line-height: 1.6; }
        .chips .strong { color: var(--strong); background: var(--strong-back);
          border-color: var(--strong-line); font-weight: 600; }
        .chips .strong small { color: inherit; }
        .strong::before { content: "\25C6\00A0"; }
        .badge { white-space: nowrap; }
        .badge::before { display: inline-block; width: 1.25em; font-weight: 700; }
        .badge.active { color: var(--good); }
        .badge.active::before { content: "\2713"; }
        .badge.pending { color: var(--wait); }
        .badge.pending::before { content: "\2026"; }
        .badge.blocked { color: var(--bad); font-weight: 600; }
        .badge.blocked::before { content: "\00D7"; }
        .badge.expiring { color: var(--soon); }
        .badge.expiring::before { content: "!"; }
        .badge.unmanaged { color: var(--soft); }
        .badge.unmanaged::before { content: "?"; }
        del { color: var(--soft); }
        ins { text-decoration: none; }
        footer { margin-top: 3rem; border-top: 1px solid var(--line); color: var(--soft); }

        """#

    /// On a phone a row becomes a card, and its cells say what they are; on paper everything is
    /// open and nothing sticks.
    static let narrow: StaticString = #"""

        @media screen and (max-width: 44rem) {
          body { padding: 0 1rem 2rem; }
          header { padding-top: 1.25rem; }
          h1 { font-size: 1.625rem; }
          .facts { display: block; }
          .band { grid-template-columns: 1fr 1fr; gap: .5rem; }
          .band b { font-size: 1.25rem; }
          .find label { position: absolute; width: 1px; height: 1px; overflow: hidden;
            clip-path: inset(50%); }
          .js .find { flex-wrap: nowrap; }
          .find input { flex: 1 1 auto; }
          .find select { max-width: 8.5rem; }
          .find output { position: absolute; right: 0; bottom: -1.75rem; min-width: 0;
            padding: 0 .5rem; background: var(--paper); }
          table, tbody, tr { display: block; }
          thead { position: absolute; width: 1px; height: 1px; overflow: hidden;
            clip-path: inset(50%); }
          tbody th, td { display: block; width: auto !important; padding: .125rem .875rem;
            border: 0 !important; text-align: left !important; }
          tbody tr { padding: .5rem 0; }
          tbody tr + tr { border-top: 1px solid var(--line); }
          tbody .group { padding-bottom: 0; }
          td { position: relative; padding-left: 7.75rem; }
          td::before { position: absolute; left: .875rem; width: 6.5rem; color: var(--soft);
            font-size: .875rem; line-height: 1.7; }
          td > .badge:not(:last-child) { display: inline; margin-right: .75rem; }
          td:empty, td:has(> .mute:only-child) { display: none; }
          .overview tbody tr { display: grid; grid-template-columns: 10.5rem 1fr; }
          .overview tbody th { grid-column: 1 / -1; }
          .overview tr > :nth-child(n) { padding: 0 0 0 9rem; white-space: nowrap; }
          .overview tr > :nth-child(odd), .overview td:nth-child(2) { padding-left: 6.5rem; }
          .overview tbody tr > :first-child { white-space: normal; }
          .overview tbody tr > :first-child, .overview td::before { padding: 0; left: 0; }
          .overview td::before { width: 8.75rem; }
          .overview td:nth-child(2)::before { content: "Environment"; }
          .overview td:nth-child(3)::before { content: "People"; }
          .overview td:nth-child(4)::before { content: "assign permissions"; }
          .overview td:nth-child(5)::before { content: "assign roles"; }
          .overview td:nth-child(6)::before { content: "invite admins"; }
          .overview td:nth-child(7)::before { content: "sensitive role"; }
          .overview td:nth-child(8)::before { content: "Pending"; }
          .overview td:nth-child(9)::before { content: "Blocked"; }
          .overview td:nth-child(2) { grid-column: 1 / -1; }
          .access td:nth-child(2)::before { content: "State"; }
          .access td:nth-child(3)::before { content: "Permissions"; }
          .access td:nth-child(4)::before { content: "Roles"; }
          .access td:nth-child(5)::before { content: "Until"; }
          .identities td:nth-child(2)::before { content: "Users"; }
          .identities td:nth-child(3)::before { content: "Admins"; }
          .plan td:nth-child(1)::before { content: "Step"; }
          .plan td:nth-child(3)::before { content: "Change"; }
          .plan td:nth-child(4)::before { content: "Declared at"; }
          .privileged td:nth-child(2)::before, .drift td:nth-child(2)::before { content: "What"; }
          .privileged td:nth-child(3)::before { content: "Steps"; }
          .pending td:nth-child(2)::before, .endings td:nth-child(2)::before,
          .unmanaged td:nth-child(2)::before { content: "Where"; }
          .pending td:nth-child(3)::before { content: "Invitation"; }
          .pending td:nth-child(4)::before { content: "Good until"; }
          .endings td:nth-child(3)::before { content: "Ends"; }
          .findings td:nth-child(1)::before { content: "Finding"; }
          .findings td:nth-child(3)::before { content: "Wrong"; }
          .findings td:nth-child(4)::before { content: "Where"; }
          .runs td:nth-child(2)::before, .drift td:nth-child(3)::before { content: "When"; }
          .runs td:nth-child(3)::before, .drift td:nth-child(4)::before { content: "Who"; }
          .runs td:nth-child(4)::before { content: "Changes"; }
          .runs td:nth-child(5)::before { content: "Letters"; }
          .runs td:nth-child(6)::before { content: "Commit"; }
          .entries td:nth-child(2)::before { content: "Change"; }
          .entries td:nth-child(3)::before { content: "Values"; }
          .entries td:nth-child(4)::before { content: "Why"; }
        }
        @media print {
          @page { margin: 15mm; }
          :root {
            --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --link: #000;
            --strong: #000; --strong-back: #fff; --strong-line: #000; --good: #000; --wait: #000;
            --bad: #000; --soon: #000;
          }
          html { font-size: 9pt; }
          body { max-width: none; padding: 0; }
          h1 { font-size: 18pt; }
          h2 { font-size: 13pt; break-after: avoid; }
          .skip, nav, .js .find { display: none; }
          .band { grid-template-columns: repeat(5, 1fr); gap: 2mm; }
          .band a { padding: 2mm; }
          .band b { font-size: 13pt; }
          section { padding-top: 6mm; }
          details { border: 0; margin-bottom: 4mm; }
          summary { padding: 1mm 0; list-style: none; break-after: avoid; }
          details::details-content { content-visibility: visible; block-size: auto; }
          .js details thead th { position: static; }
          thead { display: table-header-group; }
          tr { break-inside: avoid; }
          th, td { padding: 1mm 2mm 1mm 0; }
          a { text-decoration: none; }
          time { font-size: .9em; }
          .access tr > :nth-child(1) { width: 25%; }
          .access tr > :nth-child(2) { width: 11%; }
          .access tr > :nth-child(5) { width: 21%; }
        }

        """#
}
