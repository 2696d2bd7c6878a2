//! The distinct patterns of the service description, through the macro, with the matchers that the macro made of them.

use cognito_op::{Pattern, Structure, cognito_shape};
use cognito_op_model::SERVICE;
use std::collections::BTreeSet;

macro_rules! published {
    ($($field:ident $pattern:literal)*) => {
        #[cognito_shape(input)]
        struct Published {
            $(#[pattern($pattern)] $field: Option<String>,)*
        }
    };
}

published! {
    p00 "(?s).*"
    p01 r"(arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?)?"
    p02 r#".*\{####\}.*"#
    p03 "Level[1-4]"
    p04 "[0-9]+"
    p05 "[A-Za-z0-9-_+/=.]+"
    p06 "[A-Za-z0-9-_=.]+"
    p07 "[A-Za-z0-9]+"
    p08 r"[\S]+"
    p09 r"[\p{L}\p{M}\p{S}\p{N}\p{P}\p{Z}]+"
    p10 r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*"
    p11 r#"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*"#
    p12 r#"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{##[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*##\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*"#
    p13 r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]+"
    p14 r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s]+"
    p15 r"[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]+"
    p16 r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+"
    p17 r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+@[\p{L}\p{M}\p{S}\p{N}\p{P}]+"
    p18 r"[\w+-]+"
    p19 r"[\w+=/]+"
    p20 r"[\w+]+"
    p21 r"[\w-]+_[0-9a-f-]+"
    p22 r"[\w-]+_[0-9a-zA-Z]+"
    p23 r"[\w\s+=,.@-]+"
    p24 r"[\w\s+=.@-]+"
    p25 r"[\w]+"
    p26 r"[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]+"
    p27 r"[\x21\x23-\x5B\x5D-\x7E]+"
    p28 r"[^_\p{Z}][\p{L}\p{M}\p{S}\p{N}\p{P}][^_\p{Z}]+"
    p29 "^(terms-of-use|privacy-policy)$"
    p30 "^(tkn|sso)[a-z0-9]{25}$"
    p31 r"^[0-9A-Za-z\.\-_]*(?<!\.)$"
    p32 "^[0-9a-fA-F]+$"
    p33 "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[4][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$"
    p34 r"^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$"
    p35 r"^[\w\- ]+$"
    p36 r"^[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?$"
    p37 "^[a-zA-Z0-9_-]+$"
    p38 "^cognito:(default|dutch|english|french|spanish|german|bahasa-indonesia|italian|japanese|korean|portuguese-brazil|chinese-(simplified|traditional))$"
    p39 r"arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?"
    p40 r"arn:[\w+=/,.@-]+:[\w+=/,.@-]+:::[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?"
    p41 "import-[0-9a-zA-Z-]+"
}

pub(crate) fn patterns() -> Vec<Pattern> {
    Published::MEMBERS.iter().map(|member| member.constraints.pattern.expect("a pattern")).collect()
}

#[test]
fn they_are_those_of_the_table() {
    let of_table: BTreeSet<&str> = SERVICE.shapes().filter_map(|shape| shape.pattern).collect();
    let here: Vec<&str> = patterns().iter().map(Pattern::as_str).collect();
    assert_eq!(here, Vec::from_iter(of_table));
}
