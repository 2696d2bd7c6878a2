//! The source of the module `admin` of `cognito-userpools`: the signed operations, with their responses and shapes.

mod areas;
mod examples;
mod samples;

use anyhow::Result;
use areas::{Area, GROUPS, Group};
use cognito_op_model::source::{Body, Field, Item, Options, Source, TypeNames, wrapped};
use cognito_op_model::{Kind, Member, Operation, SERVICE, Shape};
use cognito_op_tests_provision::workspace;
use examples::{filled, import};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

/// The width of lines in the repository.
const WIDTH: usize = 120;

/// Writes the files.
pub(crate) fn admin() -> Result<()> {
    for group in &GROUPS {
        let folder = folder().join(group.folder);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
    }
    for (path, text) in files() {
        fs::write(folder().join(path), text)?;
    }
    Ok(())
}

fn folder() -> PathBuf {
    workspace().join("userpools/src/admin")
}

/// Returns the path of each file in the folder of the module, and its text.
fn files() -> BTreeMap<String, String> {
    let operations = GROUPS.iter().flat_map(|group| group.areas).flat_map(|area| area.operations);
    let operations: Vec<Operation> = operations.filter_map(|name| SERVICE.operation(name)).collect();
    let derives = vec!["Clone".to_owned(), "PartialEq".to_owned()];
    let options = Options { derives, names: TypeNames::Api, width: WIDTH, ..Options::default() };
    let items = Source::of(&operations, &options).items;
    let mut files = BTreeMap::new();
    for group in &GROUPS {
        let mut layout = Layout { items: &items, published: published(), placed: BTreeMap::new() };
        for area in group.areas {
            files.insert(format!("{}/{}.rs", group.folder, area.file), layout.file(area));
        }
        files.insert(format!("{}/mod.rs", group.folder), module(group));
    }
    files.insert("shared.rs".to_owned(), shared(&operations));
    files
}

/// Returns the text of the file that re-exports the types of the unsigned operations.
fn shared(operations: &[Operation]) -> String {
    let shared: Vec<&str> = types_of(operations).intersection(&published()).copied().collect();
    let lines = import(WIDTH, "crate::operations", &shared).join("\n");
    format!("//! The types that signed operations have in common with the unsigned ones.\n{NOTE}\n\npub {lines}\n")
}

/// Returns the text of `mod.rs` of a group.
fn module(group: &Group) -> String {
    let mut files: Vec<&str> = group.areas.iter().map(|area| area.file).collect();
    files.sort_unstable();
    let mut text = format!("//! {}\n{NOTE}\n\n", group.title);
    for file in &files {
        let _ = writeln!(text, "mod {file};");
    }
    text += "\n";
    for file in &files {
        let _ = writeln!(text, "pub use {file}::*;");
    }
    text
}

/// Returns the structures and enums in a shape, including itself.
fn types_within(shape: &Shape, found: &mut BTreeSet<&'static str>) {
    if matches!(shape.kind, Kind::Structure | Kind::Enum) && !found.insert(shape.name) {
        return;
    }
    let members = shape.members.iter().filter_map(Member::shape);
    for shape in members.chain([shape.entry(0), shape.entry(1)].into_iter().flatten()) {
        types_within(&shape, found);
    }
}

/// Returns the structures and enums in the requests and responses of operations.
fn types_of<'a>(operations: impl IntoIterator<Item = &'a Operation>) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    for operation in operations {
        operation.input.iter().chain(&operation.output).for_each(|shape| types_within(shape, &mut found));
    }
    found
}

/// Returns the structures and enums that the module `operations` contains: those of the unsigned operations.
fn published() -> BTreeSet<&'static str> {
    let operations: Vec<Operation> = SERVICE.operations().filter(|operation| operation.unsigned).collect();
    types_of(&operations)
}

/// The files of the types of a group.
struct Layout<'a> {
    /// The items of all groups.
    items: &'a [Item],
    /// The types that the module `operations` contains.
    published: BTreeSet<&'static str>,
    /// The file of each other type that has been placed.
    placed: BTreeMap<&'static str, &'static str>,
}

impl<'a> Layout<'a> {
    fn item(&self, name: &str) -> Option<&'a Item> {
        self.items.iter().find(|item| item.api_name == name)
    }

    /// Returns the text of a file.
    fn file(&mut self, area: &Area) -> String {
        let (mut items, mut uses) = (Vec::new(), Vec::new());
        for operation in area.operations.iter().filter_map(|name| SERVICE.operation(name)) {
            let response = operation.output.as_ref().and_then(|output| self.item(output.name));
            for item in self.item(operation.name).into_iter().chain(response) {
                uses.extend(uses_of(item));
                items.push(decorated(item, Some(&operation)));
            }
        }
        let mut needed: Vec<&str> = area.shapes.iter().copied().chain(uses.iter().copied()).collect();
        let mut next = 0;
        while let Some(name) = needed.get(next).copied() {
            next += 1;
            let is_elsewhere = self.published.contains(name) || self.placed.contains_key(name);
            if let Some(item) = self.item(name).filter(|_| !is_elsewhere) {
                self.placed.insert(item.api_name, area.file);
                needed.extend(uses_of(item));
                uses.extend(uses_of(item));
                items.push(decorated(item, None));
            }
        }
        let mut text = format!("//! {}\n{NOTE}\n\n", area.title);
        for line in self.imports(area, &items, &uses) {
            text += &line;
            text += "\n";
        }
        for item in &items {
            let _ = write!(text, "\n{item}");
        }
        let shapes = items.iter().filter(|item| !is_operation(item)).map(|item| item.name.clone());
        let shapes = filled(WIDTH, shapes);
        if !shapes.is_empty() {
            let shapes = shapes.join("\n");
            let _ = write!(text, "\n#[cfg(feature = \"serde\")]\ncrate::serialize::as_on_the_wire! {{\n{shapes}\n}}\n");
        }
        text
    }

    /// Returns the lines of the `use` declarations.
    fn imports(&self, area: &Area, items: &[Item], uses: &[&'static str]) -> Vec<String> {
        let mut modules: BTreeMap<(u8, String), BTreeSet<&str>> = BTreeMap::new();
        for name in uses {
            match self.placed.get(name) {
                Some(file) if *file == area.file => {}
                Some(file) => _ = modules.entry((0, format!("super::{file}"))).or_default().insert(name),
                None => _ = modules.entry((1, "crate::operations".to_owned())).or_default().insert(name),
            }
        }
        let mut add = |module: &str, name, is_used: bool| {
            if is_used {
                modules.entry((2, module.to_owned())).or_default().insert(name);
            }
        };
        let mentions = |name: &str| items.iter().any(|item| fields(item).iter().any(|field| field.ty.contains(name)));
        add("cognito_op", "cognito_op", items.iter().any(is_operation));
        add("cognito_op", "cognito_shape", !items.iter().all(is_operation));
        add("std::collections", "BTreeMap", mentions("BTreeMap<"));
        add("std::time", "SystemTime", mentions("SystemTime"));
        let import = |((_, module), names): (&(u8, String), &BTreeSet<&str>)| {
            import(WIDTH, module, &names.iter().copied().collect::<Vec<_>>())
        };
        modules.iter().flat_map(import).collect()
    }
}

const NOTE: &str = "// Written by `cargo x admin` from the service model; a test compares them.";

/// The documentation of the filter. The text of the model does not link to `Filter`, since it is also used in crates
/// without that type.
const FILTER_DOCS: &str = "The filter on one attribute, by default none. Make it with \
                           [`Filter`](crate::admin::Filter), which escapes the value.";

fn is_operation(item: &Item) -> bool {
    item.attributes.iter().any(|attribute| attribute.starts_with("cognito_op("))
}

fn fields(item: &Item) -> &[Field] {
    match &item.body {
        Body::Struct(fields) => fields,
        Body::Enum(_) => &[],
    }
}

/// Returns the structures and enums in the types of the fields, in their order.
fn uses_of(item: &Item) -> Vec<&'static str> {
    fn within(shape: &Shape, found: &mut Vec<&'static str>) {
        match shape.kind {
            Kind::Structure | Kind::Enum => found.push(shape.name),
            _ => [shape.entry(0), shape.entry(1)].iter().flatten().for_each(|entry| within(entry, found)),
        }
    }
    let mut found = Vec::new();
    fields(item).iter().filter_map(|field| field.member.shape()).for_each(|shape| within(&shape, &mut found));
    found
}

/// Returns an item with its attributes and its example in the module. `operation` is set if the item is an operation or
/// its response.
fn decorated(item: &Item, operation: Option<&Operation>) -> Item {
    let mut item = item.clone();
    let example = match &item.body {
        Body::Enum(variants) => {
            item.attributes.retain(|attribute| !attribute.starts_with("derive("));
            item.attributes.push("derive(Clone, PartialEq, Eq)".to_owned());
            examples::enumeration(&item, variants)
        }
        Body::Struct(fields) => match operation {
            Some(operation) if operation.name == item.api_name => examples::call(&item, fields, operation),
            _ => examples::structure(&item, fields),
        },
    };
    if let Body::Struct(fields) = &mut item.body {
        for field in fields.iter_mut().filter(|field| field.member.shape_name == examples::FILTER) {
            field.docs = wrapped(FILTER_DOCS, WIDTH - "    /// ".len());
        }
    }
    item.attributes.push("non_exhaustive".to_owned());
    if let Some(operation) = operation {
        if operation.name != item.api_name {
            item.docs = vec![format!("The response of [`{}`].", operation.name)];
        } else if operation.pagination.is_some() {
            let text = "[`items`](Self::items) and [`pages`](Self::pages) request the following pages automatically.";
            item.docs.truncate(item.docs.iter().position(String::is_empty).unwrap_or(item.docs.len()));
            item.docs.push(String::new());
            item.docs.extend(wrapped(text, WIDTH - "/// ".len()));
        }
    }
    item.docs.extend(["", "```"].map(str::to_owned));
    item.docs.extend(example);
    item.docs.push("```".to_owned());
    item
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_those_that_the_generator_writes() {
        let files = files();
        for (path, text) in &files {
            let found = fs::read_to_string(folder().join(path)).unwrap_or_default();
            let line = text.lines().zip(found.lines()).position(|(written, found)| written != found);
            assert!(found == *text, "admin/{path} differs at line index {line:?}; `cargo x admin` writes it");
            assert!(text.lines().count() < 1300, "admin/{path} is long: split its area in areas.rs");
        }
        for group in &GROUPS {
            for file in fs::read_dir(folder().join(group.folder)).expect("a folder") {
                let path = format!("{}/{}", group.folder, file.expect("a file").file_name().to_string_lossy());
                assert!(files.contains_key(&path), "admin/{path} is not generated; `cargo x admin` removes it");
            }
        }
    }

    #[test]
    fn every_signed_operation_is_in_one_area() {
        let areas: Vec<&Area> = GROUPS.iter().flat_map(|group| group.areas).collect();
        for operation in SERVICE.operations() {
            let name = operation.name;
            let count = areas.iter().filter(|area| area.operations.contains(&name)).count();
            let expected = usize::from(!operation.unsigned);
            assert!(
                count == expected,
                "{name} is in {count} areas instead of {expected}: add the line \"{name}\", to the operations of an area \
                 in tests/xtask/src/admin/areas.rs, or remove it there, and run `cargo x admin`"
            );
        }
        for name in areas.iter().flat_map(|area| area.operations) {
            assert!(SERVICE.operation(name).is_some(), "{name} does not exist: remove it from areas.rs");
        }
        for name in areas.iter().flat_map(|area| area.shapes) {
            assert!(
                SERVICE.shape_names().any(|shape| shape == *name),
                "{name} does not exist: remove it from areas.rs"
            );
        }
    }

    /// If the groups shared other types, each feature would require the other.
    #[test]
    fn groups_share_only_types_of_the_unsigned_operations() {
        let types = GROUPS.each_ref().map(|group| {
            let operations = group.areas.iter().flat_map(|area| area.operations);
            let operations: Vec<Operation> = operations.filter_map(|name| SERVICE.operation(name)).collect();
            &types_of(&operations) - &published()
        });
        let shared: Vec<_> = types[0].intersection(&types[1]).collect();
        assert!(shared.is_empty(), "put these types into a file that is compiled with either feature: {shared:?}");
    }
}
