/// What the page can do besides being read: find and narrow. Without it everything is there.
enum ReportScript {
    /// `#q=ann&show=privileged` in the address narrows at once, so that a view can be shared.
    ///
    /// It reads and hides rows that are already on the page, and writes no markup.
    static let text: StaticString = #"""

        (function () {
          "use strict";
          document.documentElement.className = "js";
          document.addEventListener("DOMContentLoaded", function () {
            var find = document.getElementById("q");
            var show = document.getElementById("show");
            var told = document.getElementById("told");
            var all = function (selector, from) {
              return Array.prototype.slice.call((from || document).querySelectorAll(selector));
            };
            // What is said beside a change is about every other one, too.
            var words = function (row) {
              return all("th, td", row).map(function (cell) {
                var aside = cell.querySelector(".aside");
                var text = cell.textContent;
                return aside ? text.replace(aside.textContent, " ") : text;
              }).join(" ");
            };
            var details = all("main details");
            var overview = document.querySelector(".overview");
            var none = document.querySelector(".none");
            var wasOpen = null;
            var sections = all("main > section").map(function (section) {
              return {
                section: section,
                narrows: /^(access|identities)$/.test(section.id),
                tables: all("table:not(.overview)", section).map(function (table) {
                  var fold = table.closest("details");
                  var isPlace = fold && /^(access|identities|plan)$/.test(section.id);
                  var name = isPlace ? fold.querySelector("summary b").textContent : "";
                  return {
                    fold: fold,
                    bodies: all("tbody", table).map(function (body) {
                      return {
                        body: body,
                        rows: all("tr:not(.group)", body).map(function (row) {
                          return {
                            row: row,
                            text: (name + " " + words(row)).toLowerCase(),
                            marks: " " + (row.getAttribute("data-m") || "") + " "
                          };
                        })
                      };
                    })
                  };
                })
              };
            });

            function narrow() {
              var words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
              var mark = show.value;
              var active = words.length > 0 || mark !== "";
              var shown = 0, total = 0;
              if (active && !wasOpen) {
                wasOpen = details.map(function (fold) { return fold.open; });
              }
              sections.forEach(function (section) {
                var inSection = 0;
                section.tables.forEach(function (table) {
                  var inTable = 0;
                  table.bodies.forEach(function (group) {
                    var inGroup = 0;
                    group.rows.forEach(function (row) {
                      var fits = words.every(function (word) {
                        return row.text.indexOf(word) >= 0;
                      });
                      if (fits && mark && section.narrows) {
                        fits = row.marks.indexOf(" " + mark + " ") >= 0;
                      }
                      total += 1;
                      if (fits) { inGroup += 1; }
                      if (row.row.hidden === fits) { row.row.hidden = !fits; }
                    });
                    group.body.hidden = active && inGroup === 0;
                    inTable += inGroup;
                  });
                  if (table.fold) {
                    table.fold.hidden = active && inTable === 0;
                    if (active && inTable > 0) { table.fold.open = true; }
                  }
                  inSection += inTable;
                });
                section.section.hidden = active && inSection === 0;
                shown += inSection;
              });
              if (!active && wasOpen) {
                details.forEach(function (fold, place) { fold.open = wasOpen[place]; });
                wasOpen = null;
              }
              if (overview) { overview.hidden = active; }
              none.hidden = !active || shown > 0;
              told.textContent = active ? shown + " of " + total + " lines" : "";
            }

            function remember() {
              var values = new URLSearchParams();
              if (find.value) { values.set("q", find.value); }
              if (show.value) { values.set("show", show.value); }
              try {
                history.replaceState(null, "", "#" + values.toString());
              } catch (refused) { /* a page that may not change its address still narrows */ }
            }

            function recall() {
              var fragment = location.hash.slice(1);
              if (fragment.indexOf("=") < 0) { return; }
              var values = new URLSearchParams(fragment);
              find.value = values.get("q") || "";
              show.value = values.get("show") || "";
              if (show.selectedIndex < 0) { show.value = ""; }
              narrow();
            }

            var timer = 0;
            find.addEventListener("input", function () {
              clearTimeout(timer);
              timer = setTimeout(function () { narrow(); remember(); }, 80);
            });
            show.addEventListener("change", function () { narrow(); remember(); });
            window.addEventListener("hashchange", recall);
            document.addEventListener("click", function (event) {
              var link = event.target.closest ? event.target.closest('a[href^="#"]') : null;
              var target = link && document.getElementById(link.getAttribute("href").slice(1));
              if (target && target.tagName === "DETAILS") { target.open = true; }
              if (!target || !target.hidden) { return; }
              find.value = "";
              show.value = "";
              narrow();
            });
            document.addEventListener("keydown", function (event) {
              if (event.key === "/" && !/^(INPUT|SELECT)$/.test(document.activeElement.tagName)) {
                event.preventDefault();
                find.focus();
              }
            });

            var beforePrint = null;
            window.addEventListener("beforeprint", function () {
              beforePrint = details.map(function (fold) { return fold.open; });
              details.forEach(function (fold) { fold.open = true; });
            });
            window.addEventListener("afterprint", function () {
              if (!beforePrint) { return; }
              details.forEach(function (fold, place) { fold.open = beforePrint[place]; });
              beforePrint = null;
            });
            recall();
          });
        })();

        """#
}
