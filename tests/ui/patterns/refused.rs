use cognito_op::cognito_shape;

#[cognito_shape]
struct Own {
    #[pattern(r"(a)\1")]
    back_reference: Option<String>,
    #[pattern(r"\Aword\z")]
    assertion: Option<String>,
    #[pattern(r"\b{g}[a-z]+")]
    grapheme: Option<String>,
    #[pattern("[a-z]*+")]
    possessive: Option<String>,
    #[pattern(r"[\b\t]")]
    backspace: Option<String>,
    #[pattern("(?P<name>[a-z]+)@")]
    group_name: Option<String>,
    #[pattern("(?i)yes|no")]
    flag: Option<String>,
    #[pattern(r"\v+")]
    escape: Option<String>,
    #[pattern(r"\x{1F600}\h")]
    unknown_escape: Option<String>,
    #[pattern(r"\uD83D\uDE00|\012")]
    surrogates: Option<String>,
    #[pattern("a{,2}")]
    count: Option<String>,
    #[pattern(r"[\w-.]+")]
    range: Option<String>,
    #[pattern("[a-z&&[^b]]+")]
    intersection: Option<String>,
    #[pattern("[+--]+")]
    difference: Option<String>,
    #[pattern("[]a]+")]
    bracket: Option<String>,
    #[pattern("[a[bc]]+")]
    nested: Option<String>,
    #[pattern(r"\p{Greek}+")]
    script: Option<String>,
    #[pattern(r"[^\w\W]+")]
    empty: Option<String>,
    #[pattern("([a-z]{5000}-){2}")]
    large: Option<String>,
    #[pattern(r"(?i)\A[a&&b]\v")]
    all_of_it: Option<String>,
}

fn main() {}
