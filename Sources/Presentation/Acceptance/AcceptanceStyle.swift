/// How the pages look: the reader's own fonts, by day and night, from a phone upwards. The colours
/// are the report's; each pair has the contrast of WCAG 2.2 AA.
enum AcceptanceStyle {
    static let text: StaticString = #"""

        :root {
          color-scheme: light dark;
          --paper: #fdfdfc; --card: #f4f5f5; --ink: #1c2126; --soft: #545d66; --line: #d5dade;
          --edge: #6b7580; --link: #0a558c; --on-link: #ffffff; --bad: #96190f; --good: #1e6436;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #15191d; --card: #1e2429; --ink: #e4e8eb; --soft: #a6b0b9; --line: #39424a;
            --edge: #8b96a0; --link: #82c4f0; --on-link: #0b1a26; --bad: #ff9d92;
            --good: #86d39c;
          }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
        body {
          margin: 0 auto; padding: 2rem 1.25rem 3rem; max-width: 40rem;
          background: var(--paper); color: var(--ink);
          font: 1.0625rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue",
            "Noto Sans", "DejaVu Sans", Arial, sans-serif;
          overflow-wrap: anywhere;
        }
        :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
        .kind { margin: 0; color: var(--soft); }
        h1 { margin: .25rem 0 1.25rem; font-size: 1.75rem; line-height: 1.25; font-weight: 650; }
        h2 { margin: 0; font-size: 1.1875rem; line-height: 1.35; font-weight: 650; }
        p { margin: 0 0 1rem; }
        small, .hint, .soft { color: var(--soft); font-size: .9375rem; }
        .places { margin: 0 0 1.5rem; padding: 0; list-style: none; }
        .places > li { padding: 1rem 1.125rem; background: var(--card);
          border: 1px solid var(--line); border-radius: .5rem; }
        .places > li + li { margin-top: .75rem; }
        .places p { margin: .125rem 0 0; }
        .places h3 { margin: .75rem 0 .125rem; font-size: .9375rem; font-weight: 600;
          color: var(--soft); }
        .places ul { margin: 0; padding-left: 1.25rem; }
        form { margin: 0 0 1.5rem; }
        fieldset { margin: 0 0 1.5rem; padding: 0; border: 0; min-width: 0; }
        legend { padding: 0; margin: 0 0 .75rem; font-size: 1.1875rem; font-weight: 650; }
        dl { margin: 0 0 1rem; display: grid; grid-template-columns: minmax(7rem, auto) 1fr;
          gap: .25rem 1rem; }
        dt { color: var(--soft); }
        dd { margin: 0; }
        .field { margin: 0 0 1.125rem; }
        label { display: block; font-weight: 600; }
        label small { font-weight: 400; }
        .hint { margin: 0; }
        input { display: block; width: 100%; margin-top: .25rem; padding: .625rem .75rem;
          min-height: 2.875rem; font: inherit; color: inherit; background: var(--paper);
          border: 1px solid var(--edge); border-radius: .375rem; }
        input[aria-invalid] { border: 2px solid var(--bad); }
        .fault { margin: .25rem 0 0; color: var(--bad); font-weight: 600; }
        .alarm { margin: 0 0 1.5rem; padding: .875rem 1.125rem; background: var(--card);
          border-left: 4px solid var(--bad); }
        .alarm p { margin: 0 0 .25rem; font-weight: 600; }
        .alarm ul { margin: 0; padding-left: 1.25rem; }
        .alarm a { color: var(--bad); }
        .answers { display: flex; flex-wrap: wrap; gap: .75rem; }
        button { min-height: 2.875rem; padding: .625rem 1.25rem; font: inherit; font-weight: 600;
          border-radius: .375rem; border: 1px solid var(--link); cursor: pointer;
          color: var(--on-link); background: var(--link); }
        button.second { color: var(--ink); background: var(--paper); border-color: var(--edge); }
        .done h1::before { content: "\2713\00A0"; color: var(--good); }
        @media (max-width: 30rem) {
          body { padding-top: 1.25rem; }
          h1 { font-size: 1.5rem; }
          dl { display: block; }
          dd { margin: 0 0 .5rem; }
          button { width: 100%; }
        }
        @media (forced-colors: active) {
          button, .places > li { border: 1px solid; }
        }

        """#
}
