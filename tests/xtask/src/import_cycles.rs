//! Finds import cycles: files of a crate that import each other, directly or through other files.
//!
//! An import is a path that starts with `crate`, `super` or `self` and leads to another file, in a `use` declaration or
//! in other code. Tests, re-exports (`pub use`) and `lib.rs`, which declares the other files, are ignored.

use anyhow::{Context, Result, bail, ensure};
use cognito_op_tests_provision::workspace;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The path of a module from the root of its crate: `a::b`.
type Module = String;

/// Prints the cycles. Each folder is the `src` of a crate, optionally followed by a colon and the number of allowed
/// cycles.
pub(crate) fn import_cycles(folders: &[String]) -> Result<()> {
    let mut failed = false;
    for folder in folders {
        let (folder, allowed) = folder.split_once(':').unwrap_or((folder, "0"));
        let allowed: usize = allowed.parse().with_context(|| format!("the number of cycles allowed in {folder}"))?;
        let mut files = BTreeMap::new();
        let root = workspace().join(folder);
        read(&root, &root, &mut files)?;
        let graph = graph(&files)?;
        ensure!(!graph.is_empty(), "there are no Rust files in {folder}");
        let cycles = cycles(&graph);
        for cycle in &cycles {
            println!("{folder}: a cycle of {}", cycle.join(", "));
            for importer in cycle {
                let targets: Vec<_> = graph[importer].iter().filter(|target| cycle.contains(target)).cloned().collect();
                println!("    {importer} imports {}", targets.join(", "));
            }
        }
        println!("{folder}: {} files, {} cycles, at most {allowed}", graph.len(), cycles.len());
        failed |= cycles.len() > allowed;
    }
    if failed {
        bail!("files import each other; move the code that both need into a separate file");
    }
    Ok(())
}

/// Reads the files in a folder, except tests, with the module of each.
fn read(root: &Path, folder: &Path, files: &mut BTreeMap<Module, String>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let within = path.strip_prefix(root)?.with_extension("");
        let mut module: Vec<_> = within.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        if module.last().is_some_and(|name| name == "tests") {
            continue;
        }
        if path.is_dir() {
            read(root, &path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            module.pop_if(|name| ["mod", "lib", "main"].contains(&name.as_str()));
            files.insert(module.join("::"), fs::read_to_string(path)?);
        }
    }
    Ok(())
}

/// Returns the modules that each file imports.
fn graph(files: &BTreeMap<Module, String>) -> Result<BTreeMap<Module, BTreeSet<Module>>> {
    let mut graph = BTreeMap::new();
    for (importer, text) in files.iter().filter(|(module, _)| !module.is_empty()) {
        let tokens: TokenStream = text.parse().map_err(|error| anyhow::anyhow!("{importer}: {error}"))?;
        let mut paths = Vec::new();
        imports(tokens, &mut paths);
        let mut targets: BTreeSet<_> = paths.iter().filter_map(|path| resolve(path, importer, files)).collect();
        targets.remove(importer);
        graph.insert(importer.clone(), targets);
    }
    Ok(graph)
}

/// Collects the paths in code that start with `crate`, `super` or `self`.
fn imports(tokens: TokenStream, paths: &mut Vec<Vec<String>>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut rest = &tokens[..];
    while let [token, following @ ..] = rest {
        rest = match (token.to_string().as_str(), following) {
            ("#", [TokenTree::Group(attribute), item @ ..]) if is_test(&attribute.stream()) => {
                let ends = |token: &TokenTree| {
                    token.to_string() == ";"
                        || matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
                };
                item.iter().position(ends).map_or(&[], |end| &item[end + 1..])
            }
            ("pub", [TokenTree::Group(_), item @ ..] | item) if starts_with(item, "use") => until_semicolon(item).1,
            ("use", tree) if is_within(tree) => {
                let (tree, after) = until_semicolon(tree);
                use_tree(tree, &[], paths);
                after
            }
            ("crate" | "super" | "self", _) => {
                let length = 1 + following.chunks_exact(3).take_while(|part| is_segment(part)).count() * 3;
                let path = rest[..length].iter().filter(|token| matches!(token, TokenTree::Ident(_)));
                paths.extend((length > 1).then(|| path.map(ToString::to_string).collect()));
                &rest[length..]
            }
            (_, after) => {
                if let TokenTree::Group(group) = token {
                    imports(group.stream(), paths);
                }
                after
            }
        };
    }
}

/// Returns whether an attribute is `cfg(test)` or `cfg(all(test, …))`.
fn is_test(attribute: &TokenStream) -> bool {
    let text = attribute.to_string().replace(' ', "");
    text == "cfg(test)" || text.starts_with("cfg(all(test,")
}

fn starts_with(tokens: &[TokenTree], word: &str) -> bool {
    tokens.first().is_some_and(|token| token.to_string() == word)
}

fn is_within(path: &[TokenTree]) -> bool {
    ["crate", "super", "self"].iter().any(|start| starts_with(path, start))
}

/// Returns whether three tokens are `::` and a name.
fn is_segment(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [TokenTree::Punct(first), TokenTree::Punct(second), TokenTree::Ident(_)]
        if (first.as_char(), second.as_char()) == (':', ':'))
}

fn until_semicolon(tokens: &[TokenTree]) -> (&[TokenTree], &[TokenTree]) {
    tokens.split_at(tokens.iter().position(|token| token.to_string() == ";").unwrap_or(tokens.len()))
}

/// Collects the paths of a use tree: `a::{b, c::d}` has two.
fn use_tree(tree: &[TokenTree], prefix: &[String], paths: &mut Vec<Vec<String>>) {
    for part in tree.split(|token| token.to_string() == ",").filter(|part| !part.is_empty()) {
        let mut path = prefix.to_vec();
        let names = part.iter().take_while(|token| token.to_string() != "as");
        path.extend(names.filter(|token| matches!(token, TokenTree::Ident(_))).map(ToString::to_string));
        if let Some(TokenTree::Group(group)) = part.last() {
            use_tree(&group.stream().into_iter().collect::<Vec<_>>(), &path, paths);
        } else {
            paths.push(path);
        }
    }
}

/// Returns the module of the file that a path leads to.
fn resolve(path: &[String], importer: &str, files: &BTreeMap<Module, String>) -> Option<Module> {
    let mut full: Vec<_> = if path.first()? == "crate" { Vec::new() } else { importer.split("::").collect() };
    for name in path {
        match name.as_str() {
            "crate" | "self" => {}
            "super" => _ = full.pop(),
            name => full.push(name),
        }
    }
    (1..=full.len()).rev().map(|length| full[..length].join("::")).find(|prefix| files.contains_key(prefix))
}

/// Returns the groups of modules in which each module imports every other, directly or indirectly.
fn cycles(graph: &BTreeMap<Module, BTreeSet<Module>>) -> BTreeSet<Vec<Module>> {
    let mut reached = BTreeMap::new();
    for start in graph.keys() {
        let mut targets = BTreeSet::new();
        let mut open: Vec<_> = graph[start].iter().collect();
        while let Some(module) = open.pop() {
            if targets.insert(module) {
                open.extend(&graph[module]);
            }
        }
        reached.insert(start, targets);
    }
    let groups = reached.iter().map(|(start, targets)| {
        targets.iter().filter(|target| reached[*target].contains(start)).map(ToString::to_string).collect::<Vec<_>>()
    });
    groups.filter(|group| !group.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        cycles(&graph(&files).expect("valid tokens")).iter().map(|cycle| cycle.join(" ")).collect()
    }

    #[test]
    fn cycles_are_found_through_uses_and_paths() {
        assert_eq!(found(&[("a", "use crate::b::B;"), ("b", "fn f() { crate::a::f() }")]), ["a b"]);
        assert_eq!(
            found(&[("a", "use super::{c, b::{self, X as Y}};"), ("b", "use self::super::a::*;"), ("c", "")]),
            ["a b"]
        );
        assert_eq!(found(&[("a", "use crate::b;"), ("b", "use crate::c;"), ("c", "use crate::a;")]), ["a b c"]);
        assert_eq!(found(&[("a", "use self::b::B;"), ("a::b", "use super::A;")]), ["a a::b"]);
        assert_eq!(found(&[("a", "use crate::b;"), ("b", "use crate::c::d;"), ("c", "use std::fmt;")]), [""; 0]);
    }

    #[test]
    fn tests_reexports_comments_and_texts_are_not_counted() {
        for text in [
            "#[cfg(test)] mod tests { use crate::a::A; }",
            "#[cfg(all(test, feature = \"x\"))] #[allow(dead_code)] use crate::a::{A, B};",
            "pub use crate::a::A; pub(crate) use crate::a::B;",
            "// crate::a::A\n/// [`crate::a::A`]\nconst A: &str = r#\"crate::a::A\"#; fn f<'a>(_: &'a str) -> char { '\\'' }",
            "use crate::A; fn f() { self.a(); super::b() }",
        ] {
            assert_eq!(found(&[("a", "use crate::b::B;"), ("b", text)]), [""; 0], "{text}");
        }
        let after = "#[cfg(test)] mod tests {} use crate::a::A;";
        assert_eq!(found(&[("a", "use crate::b::B;"), ("b", after)]), ["a b"]);
    }

    #[test]
    fn a_folder_may_have_allowed_cycles() {
        let folder = crate::package::folder("import-cycles").expect("a folder");
        fs::write(folder.join("a.rs"), "use crate::b;").expect("a file");
        fs::write(folder.join("b.rs"), "use crate::a;").expect("a file");
        let check = |allowed: &str| import_cycles(&[format!("{}{allowed}", folder.display())]);
        assert!(check("").is_err());
        assert!(check(":0").is_err());
        assert!(check(":1").is_ok());
        assert!(check(":one").is_err());
        assert!(import_cycles(&["no/such/folder".to_owned()]).is_err());
    }
}
