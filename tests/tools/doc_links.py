"""Every link of the built documentation, and of Markdown files, leads to a page and an anchor that exist.

usage: doc_links.py FOLDER [FILE.md…]   (FOLDER is target/doc, built with all features)

Checks links within FOLDER and links to docs.rs pages of crates in FOLDER; in Markdown files also links to files and to
headings. Other addresses are not opened. Also reports references without a definition, which are rendered with their
brackets. Prints each broken link with its page, and exits with 1 if there is one.
"""

import functools
import html.parser
import pathlib
import re
import sys
import urllib.parse

DOCS_RS = re.compile(r"https://docs\.rs/([\w-]+)(?:/[^/]+(?:/(.*))?)?$")
ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
# The script of a source page resolves a range of lines.
LINES = re.compile(r"(\d+)(?:-(\d+))?$")
# Pages of rustdoc that link to an index of all crates, which cargo does not write.
RUSTDOC = ("help.html", "settings.html")
# In the documentation of a method of tracing, which rustdoc repeats for each type.
FOREIGN = ("dispatcher#setting-the-default-subscriber",)
UNDEFINED = re.compile(r"\[[^\[\]]+\]\[[^\[\]]*\]")


class Page(html.parser.HTMLParser):
    """The anchors, the links and the undefined references of an HTML page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: set[str] = set()
        self.undefined: set[str] = set()
        self.redirect: str | None = None
        self.code = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.code += tag in ("code", "pre", "script", "style")
        values = dict(attrs)
        if values.get("http-equiv") == "refresh":
            self.redirect = re.sub(r"^.*?URL=", "", values["content"] or "", flags=re.IGNORECASE)
        self.anchors |= {values[key] for key in ("id", "name") if values.get(key)}
        self.links |= {values[key] for key in ("href", "src") if values.get(key)}

    def handle_endtag(self, tag: str) -> None:
        self.code -= tag in ("code", "pre", "script", "style")

    def handle_data(self, data: str) -> None:
        if not self.code:
            self.undefined |= set(UNDEFINED.findall(data))


class Markdown:
    """The same of a Markdown file. Its anchors are those that GitHub gives to headings."""

    def __init__(self, text: str) -> None:
        text = re.sub(r"^(\s*)(```+|~~~+).*?^\s*\2\s*$", "", text, flags=re.MULTILINE | re.DOTALL)
        text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
        self.anchors: set[str] = set()
        for heading in re.findall(r"^#+ +(.*?)[ #]*$", text, re.MULTILINE):
            anchor = base = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
            number = 0
            while anchor in self.anchors:
                number += 1
                anchor = f"{base}-{number}"
            self.anchors.add(anchor)
        text = re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "code", text, flags=re.DOTALL)
        definitions = dict(re.findall(r"^ {0,3}\[([^\]]+)\]: *<?([^\s>]+)", text, re.MULTILINE))
        names = {normal(name) for name in definitions}
        self.links = set(definitions.values()) | set(re.findall(r"\]\(<?([^\s)>]+)", text))
        # `[text][name]`, `[text][]` and `[text]`
        references = re.findall(r"(?<![\]\w\\])\[([^\[\]]+)\](?![(:])(\[[^\[\]]*\])?", text)
        # `[ ]` is a box of a list of tasks.
        names.add("")
        self.undefined = {f"[{text}]{name}" for text, name in references if normal(name[1:-1] or text) not in names}


def normal(name: str) -> str:
    return " ".join(name.lower().split())


@functools.cache
def parsed(file: pathlib.Path) -> Page | Markdown:
    text = file.read_text(encoding="utf-8")
    return Page(text) if file.suffix == ".html" else Markdown(text)


def target(folder: pathlib.Path, page: pathlib.Path, link: str) -> tuple[pathlib.Path, str] | None:
    """The file and the anchor that a link leads to; `None` if it leads elsewhere."""
    address, _, anchor = link.partition("#")
    if found := DOCS_RS.match(address):
        name = found[1].replace("-", "_")
        if not (folder / name).is_dir():
            return None
        file = folder / (found[2] or f"{name}/index.html")
    elif ELSEWHERE.match(address):
        return None
    else:
        address = urllib.parse.unquote(address.partition("?")[0])
        file = page.parent / address if address else page
    if file.is_dir() and folder in file.resolve().parents:
        file /= "index.html"
    return file.resolve(), anchor


def broken(folder: pathlib.Path, page: pathlib.Path, link: str) -> str | None:
    """Why a link is broken."""
    found = target(folder, page, link)
    if found is None:
        return None
    file, anchor = found
    if not file.exists():
        return "no such file"
    if not anchor or file.suffix not in (".html", ".md"):
        return None
    # The page of an item in a private module redirects to the public one and keeps the anchor.
    if (found := parsed(file)) and isinstance(found, Page) and found.redirect:
        return broken(folder, file, f"{found.redirect}#{anchor}")
    anchors = parsed(file).anchors
    if file.name.endswith(".rs.html") and (lines := LINES.match(anchor)):
        return None if all(line in anchors for line in lines.groups() if line) else "no such line"
    # A browser looks for the anchor as it is written, then for the decoded one.
    return None if anchor in anchors or urllib.parse.unquote(anchor) in anchors else "no such anchor"


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1]).resolve()
    pages = [page for page in sorted(folder.rglob("*.html")) if page.name not in RUSTDOC]
    pages += [pathlib.Path(file).resolve() for file in sys.argv[2:]]
    if not folder.is_dir() or len(pages) == len(sys.argv[2:]):
        sys.exit(f"error: {folder} contains no documentation")
    count, errors = 0, 0
    for page in pages:
        name = page.relative_to(folder) if folder in page.parents else page.name
        for link in sorted(parsed(page).links - set(FOREIGN)):
            count += 1
            if reason := broken(folder, page, link):
                errors += 1
                print(f"{name}: {link}: {reason}")
        for reference in sorted(parsed(page).undefined):
            errors += 1
            print(f"{name}: {reference}: no such definition")
    print(f"{count} links in {len(pages)} pages, {errors} broken")
    sys.exit(errors > 0)


if __name__ == "__main__":
    main()
