//! The members of a request that take part in the secret hash.

use super::auto_fill::AutoFill;
use super::structure::Structure;
use crate::diagnostic::{Diagnostics, Message};
use crate::syntax::FieldAttribute;
use cognito_op_model as model;

/// The members that take part in the secret hash.
pub(crate) struct SecretHash {
    /// The string or map that the hash is filled into.
    pub(crate) member: usize,
    /// The user name. It is `None` for a map, in which the user name is an entry.
    pub(crate) username: Option<usize>,
    pub(crate) client_id: Option<usize>,
}

impl SecretHash {
    /// Finds the members of a request that take part. `published` tells whether missing required members of the request
    /// are reported elsewhere.
    pub(super) fn check(structure: &Structure, published: bool, diagnostics: &mut Diagnostics) -> Option<Self> {
        let filled = |attribute: FieldAttribute| {
            let members = structure.members.iter().enumerate();
            let filled = members.filter_map(|(index, member)| Some((index, member.auto_fill.as_ref()?)));
            filled.filter(move |(_, auto_fill)| auto_fill.attribute() == attribute)
        };
        for attribute in [FieldAttribute::ClientId, FieldAttribute::ClientSecret, FieldAttribute::SecretHash] {
            for (_, second) in filled(attribute).skip(1) {
                diagnostics.push(second.at(), Message::AutoFillTwice { attribute: attribute.name().to_owned() });
            }
        }
        let (member, auto_fill) = filled(FieldAttribute::SecretHash).next()?;
        let mut find = |wire: &str, found: Option<usize>| {
            if found.is_none() && !published {
                let (member, field) = (wire.to_owned(), model::snake_case(wire));
                diagnostics.push(auto_fill.at(), Message::SecretHashNeeds { member, field });
            }
            found
        };
        let username = match auto_fill {
            AutoFill::SecretHashEntry { .. } => None,
            _ => find("Username", structure.position("Username")),
        };
        Some(Self { member, username, client_id: find("ClientId", structure.client_id()) })
    }
}
