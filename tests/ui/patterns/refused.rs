use cognito_op::cognito_shape;

#[cognito_shape]
struct Own {
    #[pattern(r"(a)\1")]
    back_reference: Option<String>,
    #[pattern("[a-z&&[^b]]+")]
    intersection: Option<String>,
    #[pattern("[+--]+")]
    difference: Option<String>,
    #[pattern("[a[bc]]+")]
    nested: Option<String>,
    #[pattern(r"\p{Greek}+")]
    script: Option<String>,
    #[pattern(r"[^\w\W]+")]
    empty: Option<String>,
}

fn main() {}
