//! The order of the members of structures, which `serde_json::Value` does not preserve.

use anyhow::Result;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;

/// The names of the members of each structure, in the published order.
pub(super) struct Members(BTreeMap<String, Structure>);

#[derive(Deserialize)]
struct Service {
    shapes: BTreeMap<String, Structure>,
}

#[derive(Deserialize)]
struct Structure {
    #[serde(default)]
    members: Keys,
}

/// The keys of an object, in the order in which they are written.
#[derive(Default)]
struct Keys(Vec<String>);

impl Members {
    /// Reads the description of a service.
    pub(super) fn read(service: &[u8]) -> Result<Self> {
        Ok(Self(serde_json::from_slice::<Service>(service)?.shapes))
    }

    pub(super) fn of(&self, structure: &str) -> &[String] {
        self.0.get(structure).map_or(&[], |structure| &structure.members.0)
    }
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Keys;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
                let mut keys = Keys::default();
                while let Some((key, IgnoredAny)) = map.next_entry()? {
                    keys.0.push(key);
                }
                Ok(keys)
            }
        }
        deserializer.deserialize_map(Read)
    }
}
