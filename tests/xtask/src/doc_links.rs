//! Checks that the links of the built documentation and of Markdown files lead to existing pages and anchors.
//!
//! Checks links within the documentation and links to the docs.rs pages of its crates. In Markdown files, also checks
//! links to files and to headings. Does not open other addresses. Also reports references without a definition, which
//! are rendered with their brackets.

use anyhow::{Context, Result, bail, ensure};
use html5gum::{State, Token, Tokenizer};
use percent_encoding::percent_decode_str;
use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd};
use regex::Regex;
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Pages of rustdoc that link to an index of all crates, which cargo does not write.
const RUSTDOC: [&str; 2] = ["help.html", "settings.html"];
/// A broken link in the documentation of a method of tracing, which rustdoc repeats for each type.
const FOREIGN: &str = "dispatcher#setting-the-default-subscriber";
/// A reference without a definition in the text of a page of rustdoc.
const UNDEFINED: &str = r"\[[^\[\]]+\]\[[^\[\]]*\]";

/// Prints each broken link with its page. `folder` is the documentation, built with all features.
pub(crate) fn doc_links(folder: &Path, files: &[PathBuf]) -> Result<()> {
    let folder = folder.canonicalize().with_context(|| folder.display().to_string())?;
    let mut pages = Vec::new();
    find(&folder, &mut pages)?;
    ensure!(!pages.is_empty(), "{} contains no documentation", folder.display());
    pages.sort();
    for file in files {
        pages.push(file.canonicalize().with_context(|| file.display().to_string())?);
    }
    let mut links = Links {
        folder,
        docs_rs: Regex::new(r"^https://docs\.rs/([\w-]+)(?:/[^/]+(?:/(.*))?)?$")?,
        elsewhere: Regex::new(r"^(?:[A-Za-z][A-Za-z0-9+.-]*:|//)")?,
        lines: Regex::new(r"^(\d+)(?:-(\d+))?$")?,
        undefined: Regex::new(UNDEFINED)?,
        parsed: HashMap::new(),
    };
    let (mut count, mut errors) = (0, 0);
    for page in &pages {
        let name = page.strip_prefix(&links.folder).ok().or(page.file_name().map(Path::new)).unwrap_or(page);
        let name = name.display().to_string();
        let parsed = links.parsed(page)?;
        for link in parsed.links.iter().filter(|link| *link != FOREIGN) {
            count += 1;
            if let Some(reason) = links.broken(page, link)? {
                errors += 1;
                println!("{name}: {link}: {reason}");
            }
        }
        for reference in &parsed.undefined {
            errors += 1;
            println!("{name}: {reference}: no such definition");
        }
    }
    println!("{count} links in {} pages, {errors} broken", pages.len());
    if errors > 0 {
        bail!("links are broken");
    }
    Ok(())
}

/// Finds the pages in a folder.
fn find(folder: &Path, pages: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, pages)?;
        } else if path.extension().is_some_and(|extension| extension == "html")
            && !RUSTDOC.iter().any(|page| path.ends_with(page))
        {
            pages.push(path);
        }
    }
    Ok(())
}

struct Links {
    folder: PathBuf,
    docs_rs: Regex,
    elsewhere: Regex,
    /// An anchor that is a line or a range of lines. The script of a source page resolves ranges.
    lines: Regex,
    undefined: Regex,
    parsed: HashMap<PathBuf, Rc<Page>>,
}

impl Links {
    fn parsed(&mut self, file: &Path) -> Result<Rc<Page>> {
        Ok(Rc::clone(match self.parsed.entry(file.to_owned()) {
            Entry::Occupied(found) => found.into_mut(),
            Entry::Vacant(missing) => {
                let text = fs::read_to_string(file)?;
                let is_html = file.extension().is_some_and(|extension| extension == "html");
                missing.insert(Rc::new(if is_html {
                    Page::html(&text, &self.undefined)?
                } else {
                    Page::markdown(&text)
                }))
            }
        }))
    }

    /// Returns the reason why a link is broken, or `None` if it is valid.
    fn broken(&mut self, page: &Path, link: &str) -> Result<Option<&'static str>> {
        let (address, anchor) = link.split_once('#').unwrap_or((link, ""));
        let Some(file) = self.target(page, address) else { return Ok(None) };
        let Ok(file) = file.canonicalize() else { return Ok(Some("no such file")) };
        let is_page = file.extension().is_some_and(|extension| extension == "html" || extension == "md");
        if anchor.is_empty() || !is_page {
            return Ok(None);
        }
        let parsed = self.parsed(&file)?;
        // The page of an item in a private module redirects to the public one and keeps the anchor.
        if let Some(redirect) = &parsed.redirect {
            return self.broken(&file, &format!("{redirect}#{anchor}"));
        }
        if file.to_string_lossy().ends_with(".rs.html")
            && let Some(lines) = self.lines.captures(anchor)
        {
            let mut lines = lines.iter().skip(1).flatten();
            return Ok(lines.any(|line| !parsed.anchors.contains(line.as_str())).then_some("no such line"));
        }
        // A browser looks for the anchor as it is written, then for the decoded one.
        let decoded = percent_decode_str(anchor).decode_utf8_lossy();
        let found = parsed.anchors.contains(anchor) || parsed.anchors.contains(&*decoded);
        Ok((!found).then_some("no such anchor"))
    }

    /// Returns the file of an address, or `None` if the address is not checked.
    fn target(&self, page: &Path, address: &str) -> Option<PathBuf> {
        let file = if let Some(found) = self.docs_rs.captures(address) {
            let name = found[1].replace('-', "_");
            self.folder.join(&name).is_dir().then_some(())?;
            let path = found.get(2).map(|path| path.as_str()).filter(|path| !path.is_empty());
            self.folder.join(path.map_or_else(|| format!("{name}/index.html"), str::to_owned))
        } else if self.elsewhere.is_match(address) {
            return None;
        } else {
            let path = percent_decode_str(address.split('?').next()?).decode_utf8_lossy();
            if path.is_empty() { page.to_owned() } else { page.parent()?.join(&*path) }
        };
        let is_in_folder = file.canonicalize().is_ok_and(|file| file.starts_with(&self.folder));
        Some(if file.is_dir() && is_in_folder { file.join("index.html") } else { file })
    }
}

/// The anchors, the links and the undefined references of a page.
#[derive(Default)]
struct Page {
    anchors: BTreeSet<String>,
    links: BTreeSet<String>,
    undefined: BTreeSet<String>,
    redirect: Option<String>,
}

impl Page {
    fn html(text: &str, undefined: &Regex) -> Result<Self> {
        let is_code = |name: &[u8]| [&b"code"[..], b"pre", b"script", b"style"].contains(&name);
        let (mut page, mut code, mut tokens) = (Self::default(), 0, Tokenizer::new(text));
        while let Some(token) = tokens.next() {
            match token? {
                Token::StartTag(tag) => {
                    code += i32::from(is_code(&tag.name));
                    match &tag.name[..] {
                        b"script" => tokens.set_state(State::ScriptData),
                        b"style" => tokens.set_state(State::RawText),
                        _ => {}
                    }
                    let value = |name: &str| {
                        let value = tag.attributes.get(name.as_bytes())?;
                        Some(String::from_utf8_lossy(value).into_owned()).filter(|value| !value.is_empty())
                    };
                    if value("http-equiv").is_some_and(|value| value == "refresh") {
                        page.redirect =
                            value("content").and_then(|content| Some(content.split_once("URL=")?.1.to_owned()));
                    }
                    page.anchors.extend(["id", "name"].into_iter().filter_map(value));
                    page.links.extend(["href", "src"].into_iter().filter_map(value));
                }
                Token::EndTag(tag) => code -= i32::from(is_code(&tag.name)),
                Token::String(text) if code == 0 => {
                    let text = String::from_utf8_lossy(&text);
                    page.undefined.extend(undefined.find_iter(&text).map(|found| found.as_str().to_owned()));
                }
                _ => {}
            }
        }
        Ok(page)
    }

    /// Reads a Markdown file. Its anchors are those that GitHub generates for headings.
    fn markdown(text: &str) -> Self {
        let mut page = Self::default();
        let mut undefined = BTreeSet::new();
        let callback = |link: BrokenLink<'_>| {
            undefined.insert(text[link.span].to_owned());
            None::<(CowStr<'_>, CowStr<'_>)>
        };
        let parser = Parser::new_with_broken_link_callback(text, Options::ENABLE_TABLES, Some(callback));
        page.links.extend(parser.reference_definitions().iter().map(|(_, definition)| definition.dest.to_string()));
        let mut heading = None::<String>;
        for event in parser {
            match event {
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => {
                    let anchor = anchor(&heading.take().unwrap_or_default());
                    let numbered = (1..).map(|number| format!("{anchor}-{number}"));
                    let new = [anchor.clone()].into_iter().chain(numbered).find(|name| !page.anchors.contains(name));
                    page.anchors.extend(new);
                }
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    page.links.insert(dest_url.into_string());
                }
                Event::Text(text) | Event::Code(text) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&text);
                    }
                }
                _ => {}
            }
        }
        page.undefined = undefined;
        page
    }
}

/// Returns the anchor of a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || "_- ".contains(*c));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_has_anchors_links_and_a_redirect() {
        let page = Page::html(
            "<a id=one href='x.html#y'>t</a><img src=\"i.svg\"><meta http-equiv=refresh content='0;URL=../new.html'>\
             <a name=two href=''>a [b][] and <code>[c][d]</code><script>if (a<b) \"<a href='no'>\"</script>[e][f]</a>",
            &Regex::new(UNDEFINED).expect("a regex"),
        )
        .expect("a page");
        assert_eq!(Vec::from_iter(&page.anchors), ["one", "two"]);
        assert_eq!(Vec::from_iter(&page.links), ["i.svg", "x.html#y"]);
        assert_eq!(Vec::from_iter(&page.undefined), ["[b][]", "[e][f]"]);
        assert_eq!(page.redirect.as_deref(), Some("../new.html"));
    }

    #[test]
    fn markdown_has_headings_links_and_undefined_references() {
        let page = Page::markdown(
            "# The `code`, and more\n## A\n## A\n[a](one.md#x) ![b](two.svg) [c][d] `[e][f]` [g][] [h]\n- [ ] open\n\n\
             ```\n# no heading\n[i](no.md)\n```\n<!-- [j](no.md) -->\n\n[d]: <three.md>\n[unused]: four.md\n",
        );
        assert_eq!(Vec::from_iter(&page.anchors), ["a", "a-1", "the-code-and-more"]);
        assert_eq!(Vec::from_iter(&page.links), ["four.md", "one.md#x", "three.md", "two.svg"]);
        assert_eq!(Vec::from_iter(&page.undefined), ["[g]", "[h]"]);
    }

    #[test]
    fn broken_links_are_counted() {
        let folder = crate::package::folder("doc-links").expect("a folder");
        let write = |name: &str, text: &str| {
            fs::create_dir_all(folder.join(name).parent().expect("a folder")).expect("a folder");
            fs::write(folder.join(name), text).expect("a file");
        };
        write("doc/my_crate/index.html", "<a id=top href='../src/a.rs.html#1-2'>a</a><a href='old.html#top'>b</a>");
        write("doc/my_crate/old.html", "<meta http-equiv=refresh content='0;URL=index.html'>");
        write("doc/src/a.rs.html", "<a id=1></a><a id=2></a>");
        let check = |text: &str| {
            write("README.md", text);
            doc_links(&folder.join("doc"), &[folder.join("README.md")])
        };
        for link in [
            "https://docs.rs/my-crate",
            "https://docs.rs/my-crate/latest/my_crate/index.html#top",
            "https://docs.rs/other/latest/no.html",
            "https://example.com",
            "doc/my_crate",
            "doc/my_crate/index.html?q#t%6Fp",
            "#a-heading",
        ] {
            check(&format!("# A heading\n[a]({link})\n")).expect(link);
        }
        for link in [
            "https://docs.rs/my-crate/latest/my_crate/no.html",
            "https://docs.rs/my-crate/latest/my_crate/index.html#no",
            "doc/src/a.rs.html#1-3",
            "no.md",
            "#no-heading",
        ] {
            assert!(check(&format!("# A heading\n[a]({link})\n")).is_err(), "{link}");
        }
    }
}
