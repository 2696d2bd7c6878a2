//! The name of the runtime crate in the user's crate.

use std::path::Path;

/// The name of the runtime crate, unless a dependency renames it.
const RUNTIME: &str = "cognito_op";

/// The name of the crate that re-exports the runtime under its name.
const READY_MADE: &str = "cognito_userpools";

/// Returns the path of the runtime in the user's crate, without the leading `::`, if that is not `cognito_op`.
pub(super) fn renamed() -> Option<String> {
    renamed_in(&std::env::args().collect::<Vec<_>>())
}

/// Finds the renamed dependency in the arguments of rustc: `--extern pools=/deps/libcognito_op-0123456789abcdef.rmeta`.
///
/// In another process, such as the server of an editor, there are no such arguments, and the name is not known.
fn renamed_in(arguments: &[String]) -> Option<String> {
    // The tests of the runtime itself depend on the ready-made crate.
    if arguments.windows(2).any(|pair| pair[0] == "--crate-name" && pair[1] == RUNTIME) {
        return None;
    }
    let separate = arguments.windows(2).filter(|pair| pair[0] == "--extern").map(|pair| pair[1].as_str());
    let joined = arguments.iter().filter_map(|argument| argument.strip_prefix("--extern="));
    let (mut renamed, mut reexported) = (None, None);
    for dependency in separate.chain(joined) {
        let (name, file) = dependency.split_once('=').unwrap_or((dependency, ""));
        // Options precede the name: `noprelude:pools`.
        let name = name.rsplit(':').next().unwrap_or(name);
        if name == RUNTIME {
            return None;
        }
        let library = Path::new(file).file_stem().and_then(|stem| stem.to_str()?.strip_prefix("lib"));
        match library.and_then(|library| library.split('-').next()) {
            Some(RUNTIME) => renamed = Some(name.to_owned()),
            Some(READY_MADE) => reexported = Some(format!("{name}::{RUNTIME}")),
            _ => {}
        }
    }
    renamed.or(reexported)
}

#[cfg(test)]
mod tests {
    use super::renamed_in;

    /// Returns the name for the arguments of rustc.
    fn renamed(arguments: &str) -> Option<String> {
        renamed_in(&arguments.split(' ').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn a_renamed_dependency_is_found() {
        let pools = Some("pools".to_owned());
        assert_eq!(renamed("rustc --extern http=/d/libhttp-1.rmeta --extern pools=/d/libcognito_op-2.rmeta"), pools);
        assert_eq!(renamed("rustc --extern=priv,noprelude:pools=/d/libcognito_op.rlib"), pools);
    }

    #[test]
    fn the_runtime_in_the_ready_made_crate_is_found() {
        let path = Some("cognito_userpools::cognito_op".to_owned());
        assert_eq!(renamed("rustc --extern cognito_userpools=/d/libcognito_userpools-1.rmeta"), path);
        assert_eq!(
            renamed("rustc --extern up=/d/libcognito_userpools-1.rmeta --extern pools=/d/libcognito_op-2.rmeta"),
            Some("pools".to_owned())
        );
        assert_eq!(
            renamed("rustc --extern cognito_userpools=/d/libcognito_userpools-1.rmeta --extern cognito_op=/d/x.rmeta"),
            None
        );
        let itself = "rustc --crate-name cognito_op --extern cognito_userpools=/d/libcognito_userpools-1.rmeta";
        assert_eq!(renamed(itself), None);
    }

    #[test]
    fn other_dependencies_are_not_taken_for_it() {
        assert_eq!(
            renamed("rustc --extern cognito_op=/d/libcognito_op-1.rmeta --extern http=/d/libhttp-2.rmeta"),
            None
        );
        assert_eq!(
            renamed("rustc --extern pools=/d/libcognito_op-1.rmeta --extern cognito_op=/d/libcognito_op-2.rmeta"),
            None
        );
        assert_eq!(renamed("rustc --extern proc_macro --extern macros=/d/libcognito_op_macros-1.so"), None);
        assert_eq!(renamed("rust-analyzer-proc-macro-srv"), None);
    }
}
