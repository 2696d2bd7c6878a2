//! The values in the examples, by the names of members and shapes.

use cognito_op_model::{Kind, Shape};

/// The strings of members and shapes. The name of the member takes precedence over that of its shape.
const TEXTS: &[(&str, &str)] = &[
    // Members of any shape.
    ("ApplicationId", "d70b2ba36a8c4dc5a04a0451a31a1e12"),
    ("ApplicationArn", "arn:aws:mobiletargeting:eu-west-1:123456789012:apps/d70b2ba36a8c4dc5a04a0451a31a1e12"),
    ("AttributesToGet", "email"),
    ("AuthFlow", "ADMIN_USER_PASSWORD_AUTH"),
    ("BlockedIPRangeList", "198.51.100.0/24"),
    ("CSS", ".banner-customizable { background-color: #1e6091; }"),
    ("CSSVersion", "20260101000000"),
    ("CallbackURLs", "https://example.com/signed-in"),
    ("CertificateArn", "arn:aws:acm:us-east-1:123456789012:certificate/1a2b3c4d"),
    ("ClientName", "web"),
    ("CloudWatchLogsRoleArn", "arn:aws:iam::123456789012:role/cognito-imports"),
    ("CloudFrontDistribution", "d111111abcdef8.cloudfront.net"),
    ("CompletionMessage", "completed"),
    ("ConfigurationSet", "sign-in"),
    ("ConfigurationSetName", "sign-in"),
    ("Country", "Germany"),
    ("CustomDomain", "auth"),
    ("DefaultRedirectURI", "https://example.com/signed-in"),
    ("Description", "Editors of articles"),
    ("DeviceKey", "eu-west-1_8f3a21c0"),
    ("DeviceName", "Alice's phone"),
    ("Domain", "example"),
    ("EmailMessageByLink", "Please {##confirm your address##}."),
    ("EmailSubject", "Your code"),
    ("EncodedData", "the data that the script collected"),
    ("EventId", "a1b2c3d4"),
    ("ExternalId", "cognito"),
    ("Filter", "email = \"alice@example.com\""),
    ("From", "security@example.com"),
    ("IdpIdentifier", "example.com"),
    ("IdpIdentifiers", "example.com"),
    ("ImageUrl", "https://example.com/logo.png"),
    ("InEntityId", "123456789012"),
    ("InTemplateId", "123456789012"),
    ("IpAddress", "203.0.113.7"),
    ("JobName", "from the old database"),
    ("KMSKeyID", "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d"),
    ("KmsKeyArn", "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d"),
    ("LogGroupArn", "arn:aws:logs:eu-west-1:123456789012:log-group:sign-ins"),
    ("LogoutURLs", "https://example.com/signed-out"),
    ("MaxLength", "64"),
    ("MaxValue", "120"),
    ("MinLength", "1"),
    ("MinValue", "18"),
    ("OriginationIdentity", "+491701234567"),
    ("Password", "correct horse"),
    ("PolicyName", "partners"),
    ("PreferredMfaSetting", "SOFTWARE_TOKEN_MFA"),
    ("Provider", "Cognito"),
    ("ProviderAttributeName", "Cognito_Subject"),
    ("ProviderAttributeValue", "1234567890"),
    ("ProviderName", "Example"),
    ("PrimaryRoute53HealthCheckId", "1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d"),
    ("ReadAttributes", "email"),
    ("ReplicaRegions", "eu-central-1"),
    ("ReplyTo", "support@example.com"),
    ("ReplyToEmailAddress", "support@example.com"),
    ("ResourceArn", "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Ab12Cd34"),
    ("ResourceId", "1a2b3c4d"),
    ("RoleArn", "arn:aws:iam::123456789012:role/editors"),
    ("S3Bucket", "example-assets"),
    ("SMSMessage", "Your name is {username}, your password {####}"),
    ("ScopeDescription", "Read orders"),
    ("SecondaryRegion", "eu-central-1"),
    ("SkippedIPRangeList", "203.0.113.0/24"),
    ("SourceArn", "arn:aws:ses:eu-west-1:123456789012:identity/example.com"),
    ("StreamArn", "arn:aws:firehose:eu-west-1:123456789012:deliverystream/sign-ins"),
    ("SupportedIdentityProviders", "COGNITO"),
    ("TagKeys", "stage"),
    ("TemporaryPassword", "a temporary password"),
    ("Timezone", "Europe/Berlin"),
    ("UserAttributeNames", "custom:plan"),
    ("UserMFASettingList", "SOFTWARE_TOKEN_MFA"),
    ("UserPoolArn", "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Ab12Cd34"),
    ("UserPoolId", "eu-west-1_Ab12Cd34"),
    ("Version", "20260101000000"),
    ("WriteAttributes", "email"),
    ("headerName", "User-Agent"),
    ("headerValue", "Mozilla/5.0"),
    // Shapes.
    ("AWSAccountIdType", "123456789012"),
    ("AcrValueType", "silver"),
    ("ArnType", "arn:aws:lambda:eu-west-1:123456789012:function:cognito"),
    ("AttributeNameType", "email"),
    ("AttributeValueType", "alice@example.com"),
    ("CIMDPolicyIdType", "1a2b3c4d5e6f"),
    ("ClientIdType", "1example23456789"),
    ("ClientSecretArnType", "arn:aws:secretsmanager:eu-west-1:123456789012:secret/cognito-1a2b3c"),
    ("ClientSecretIdType", "1example23456789--1767225600000"),
    ("ClientSecretType", "1example23456789example23456789"),
    ("CustomAttributeNameType", "plan"),
    ("DomainType", "d111111abcdef8"),
    ("EmailInviteMessageType", "Your user name is {username}, and your password is {####}"),
    ("EmailMfaMessageType", "Your code is {####}"),
    ("EmailMfaSubjectType", "Your code"),
    ("EmailNotificationBodyType", "There was a sign-in from a new device."),
    ("EmailNotificationSubjectType", "New sign-in"),
    ("EmailVerificationMessageType", "Your code is {####}"),
    ("EmailVerificationSubjectByLinkType", "Your address"),
    ("EmailVerificationSubjectType", "Your code"),
    ("GroupNameType", "editors"),
    ("ManagedLoginBrandingIdType", "1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d"),
    ("MetadataURLType", "https://partner.example.com/client.json"),
    ("OptionalArnType", "arn:aws:iam::123456789012:role/cognito-sms"),
    ("PaginationKey", "the-next-page"),
    ("PaginationKeyType", "the-next-page"),
    ("PreSignedUrlType", "https://example.com/upload"),
    ("RegionCodeType", "eu-west-1"),
    ("RegionNameType", "eu-central-1"),
    ("RelyingPartyIdType", "example.com"),
    ("ResourceServerIdentifierType", "https://orders.example.com"),
    ("ResourceServerNameType", "Orders"),
    ("ResourceServerScopeNameType", "read"),
    ("RestoreIdType", "1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d"),
    ("S3ArnType", "arn:aws:s3:::example-sign-ins"),
    ("ScopeType", "openid"),
    ("SearchPaginationTokenType", "the-next-page"),
    ("SessionDeviceType", "Firefox on Linux"),
    ("SessionIdType", "tkn1a2b3c4d5e6f7g8h9i0j1k2l3"),
    ("SessionIpAddressType", "203.0.113.7"),
    ("SessionLocationCityType", "Berlin"),
    ("SessionLocationCountryType", "Germany"),
    ("SessionType", "the session of the challenge"),
    ("SmsVerificationMessageType", "Your code is {####}"),
    ("TagValueType", "production"),
    ("TermsIdType", "1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d"),
    ("TermsNameType", "terms-of-use"),
    ("TokenModelType", "the-token"),
    ("URLPatternType", "https://partner.example.com/client.json"),
    ("UserImportJobIdType", "import-1a2b3c4d"),
    ("UserPoolIdType", "eu-west-1_Ab12Cd34"),
    ("UserPoolNameType", "customers"),
    ("UsernameType", "alice"),
    // The default.
    ("StringType", "example"),
];

/// The entries of maps, by the name of the member.
const PAIRS: &[(&str, &[(&str, &str)])] = &[
    ("AcrConfiguration", &[("Level1", "silver")]),
    ("AcrMapping", &[("Level1", "silver")]),
    ("AttributeMapping", &[("email", "email")]),
    ("Attributes", &[("OperationCategory", "UserAuthentication")]),
    ("AuthParameters", &[("USERNAME", "alice"), ("PASSWORD", "correct horse")]),
    ("ChallengeParameters", &[("USER_ID_FOR_SRP", "alice")]),
    ("ChallengeResponses", &[("USERNAME", "alice"), ("SMS_MFA_CODE", "123456")]),
    ("ClientMetadata", &[("language", "de")]),
    ("Links", &[("cognito:default", "https://example.com/terms")]),
    ("ProviderDetails", &[("client_id", "1234567890"), ("client_secret", "the client secret")]),
    ("Tags", &[("stage", "production")]),
    ("UserPoolTags", &[("stage", "production")]),
];

/// The numbers of members.
const NUMBERS: &[(&str, i64)] = &[
    ("AccessTokenValidity", 60),
    ("CacheDuration", 86_400),
    ("EstimatedNumberOfUsers", 1000),
    ("ExpiresIn", 3600),
    ("MaxPerUser", 5),
    ("MaxValidityMinutes", 480),
    ("MinimumLength", 12),
    ("RequestedLimitValue", 200),
    ("Priority", 1),
    ("ProvisionedLimitValue", 200),
    ("FreeLimitValue", 120),
];

fn find<T: Copy>(rows: &[(&str, T)], name: &str) -> Option<T> {
    rows.iter().find(|row| row.0 == name).map(|row| row.1)
}

/// Returns a text of a member.
pub(super) fn text(member: &str, shape: &Shape) -> Option<&'static str> {
    find(TEXTS, member).or_else(|| find(TEXTS, shape.name))
}

/// Returns the entries of a map.
pub(super) fn pairs(member: &str) -> &'static [(&'static str, &'static str)] {
    find(PAIRS, member).unwrap_or(&[("key", "value")])
}

/// Returns a number of a member: by default 10, if it is in the range.
pub(super) fn number(member: &str, shape: &Shape) -> i64 {
    let (min, max) = (shape.min.unwrap_or(i64::MIN), shape.max.unwrap_or(i64::MAX));
    find(NUMBERS, member).unwrap_or(10).clamp(min, max)
}

/// Returns a value of an enum: by default the first one.
pub(super) fn value(member: &str, shape: &Shape) -> &'static str {
    let chosen = find(TEXTS, member).filter(|text| shape.kind == Kind::Enum && shape.values.contains(text));
    chosen.or_else(|| shape.values.first().copied()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::{published, types_of};
    use super::*;
    use cognito_op_model::{Operation, SERVICE};
    use std::collections::BTreeSet;

    /// Checks the samples of a shape, and returns their number.
    fn check(member: &str, shape: &Shape) -> usize {
        match shape.kind {
            Kind::String => {
                let text = text(member, shape);
                let text = text.unwrap_or_else(|| panic!("`samples.rs` has no text for {member} ({})", shape.name));
                valid(member, shape, text);
                1
            }
            Kind::List => shape.entry(0).map_or(0, |entry| check(member, &entry)),
            Kind::Map => {
                for (key, value) in pairs(member) {
                    for (index, text) in [(0, key), (1, value)] {
                        let entry = shape.entry(index).filter(|entry| entry.kind == Kind::String);
                        if let Some(entry) = entry {
                            valid(member, &entry, text);
                        }
                    }
                }
                1
            }
            Kind::Integer | Kind::Long => {
                let number = number(member, shape);
                assert!(i32::try_from(number).is_ok() && Some(number) >= shape.min, "{member}: {number}");
                1
            }
            _ => 0,
        }
    }

    fn valid(member: &str, shape: &Shape, text: &str) {
        let length = i64::try_from(text.chars().count()).expect("a short text");
        let max = shape.max.unwrap_or(i64::MAX);
        assert!(shape.min.unwrap_or(0) <= length && length <= max, "{member}: {text:?} has the length {length}");
        // The crate `regex` rejects one published pattern, since it does not support look-behind.
        let pattern = shape.pattern.and_then(|pattern| regex::Regex::new(&format!("^(?:{pattern})$")).ok());
        assert!(pattern.is_none_or(|pattern| pattern.is_match(text)), "{member}: {text:?} is not {:?}", shape.pattern);
    }

    /// The ARNs of roles and of Lambda functions have the same shape.
    #[test]
    fn roles_are_iam_roles() {
        let members = SERVICE.shapes().flat_map(|shape| shape.members);
        let roles: BTreeSet<&str> =
            members.map(|member| member.name).filter(|name| name.ends_with("RoleArn")).collect();
        assert_eq!(roles.len(), 2);
        let shape = SERVICE.shape("ArnType").expect("a shape");
        for role in roles {
            let text = text(role, &shape).unwrap_or_default();
            assert!(text.starts_with("arn:aws:iam::123456789012:role/"), "{role}: {text}");
        }
    }

    #[test]
    fn samples_are_valid() {
        let mut checked = 0;
        let operations: Vec<Operation> = SERVICE.operations().filter(|operation| !operation.unsigned).collect();
        let types = types_of(&operations);
        for shape in types.difference(&published()).filter_map(|name| SERVICE.shape(name)) {
            for member in &shape.members {
                checked += member.shape().map_or(0, |found| check(member.name, &found));
            }
        }
        assert!(checked > 300, "{checked}");
        let members: BTreeSet<&str> =
            SERVICE.shapes().flat_map(|shape| shape.members).map(|member| member.name).collect();
        for (name, _) in TEXTS {
            let is_shape = SERVICE.shape_names().any(|shape| shape == *name);
            assert!(is_shape || members.contains(name), "{name} does not exist");
        }
        for name in PAIRS.iter().map(|row| row.0).chain(NUMBERS.iter().map(|row| row.0)) {
            assert!(members.contains(name), "{name} does not exist");
        }
    }
}
