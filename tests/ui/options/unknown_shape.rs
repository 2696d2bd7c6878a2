use cognito_op::cognito_shape;

#[cognito_shape(AnalyticMetadataType)]
struct Analytics {
    analytics_endpoint_id: Option<String>,
}

#[cognito_shape(Frobnication)]
struct Frobnication {
    id: Option<String>,
}

fn main() {}
