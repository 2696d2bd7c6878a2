#![doc = include_str!("../guide/index.md")]

macro_rules! chapters {
    ($($name:ident)+) => {$(
        #[doc = include_str!(concat!("../guide/", stringify!($name), ".md"))]
        pub mod $name {}
    )+};
}

chapters! {
    getting_started operations constraints errors retries secrets testing blocking transports signed logging targets moving
    features glossary
}

#[cfg_attr(doc, doc = include_str!("../guide/charts.md"))]
#[doc = include_str!("../guide/costs.md")]
pub mod costs {}

#[doc = include_str!("../guide/configuration.md")]
#[doc = include_str!("../guide/variables.md")]
pub mod configuration {}
