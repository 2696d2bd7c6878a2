//! The files of the module `admin`, with the operations in each.

/// The files of a feature.
pub(super) struct Group {
    /// The folder within `admin`.
    pub(super) folder: &'static str,
    /// The first line of its documentation.
    pub(super) title: &'static str,
    /// Its files. A file imports only files that precede it.
    pub(super) areas: &'static [Area],
}

/// A file.
pub(super) struct Area {
    /// The name of the file, without the extension.
    pub(super) file: &'static str,
    /// The first line of its documentation.
    pub(super) title: &'static str,
    /// Its operations.
    pub(super) operations: &'static [&'static str],
    /// Shapes that this file contains, with the shapes that they need, although operations of other files use them
    /// first.
    pub(super) shapes: &'static [&'static str],
}

const fn area(file: &'static str, title: &'static str, operations: &'static [&'static str]) -> Area {
    Area { file, title, operations, shapes: &[] }
}

/// The groups. Each signed operation is in exactly one area.
pub(super) const GROUPS: [Group; 2] = [
    Group {
        folder: "users",
        title: "The signed operations on users, groups, devices and sessions: the feature `admin-users`.",
        areas: &[
            area(
                "accounts",
                "Users and their attributes.",
                &[
                    "AdminCreateUser",
                    "AdminGetUser",
                    "ListUsers",
                    "AdminUpdateUserAttributes",
                    "AdminDeleteUserAttributes",
                    "AdminConfirmSignUp",
                    "AdminDisableUser",
                    "AdminEnableUser",
                    "AdminDeleteUser",
                    "AdminLinkProviderForUser",
                    "AdminDisableProviderForUser",
                ],
            ),
            area(
                "factors",
                "The passwords and second factors of users.",
                &[
                    "AdminSetUserPassword",
                    "AdminResetUserPassword",
                    "AdminSetUserMFAPreference",
                    "AdminSetUserSettings",
                    "AdminGetUserAuthFactors",
                    "AdminDeleteSoftwareToken",
                ],
            ),
            area(
                "groups",
                "Groups and their members.",
                &[
                    "CreateGroup",
                    "GetGroup",
                    "ListGroups",
                    "UpdateGroup",
                    "DeleteGroup",
                    "AdminAddUserToGroup",
                    "AdminRemoveUserFromGroup",
                    "AdminListGroupsForUser",
                    "ListUsersInGroup",
                ],
            ),
            area(
                "devices",
                "The remembered devices of users.",
                &["AdminGetDevice", "AdminListDevices", "AdminUpdateDeviceStatus", "AdminForgetDevice"],
            ),
            area("sign_in", "Sign-in by a server.", &["AdminInitiateAuth", "AdminRespondToAuthChallenge"]),
            area(
                "sessions",
                "The sessions of users.",
                &["AdminListUserSessions", "AdminRevokeUserSession", "AdminUserGlobalSignOut"],
            ),
            area(
                "auth_events",
                "The sign-ins that threat protection has recorded.",
                &["AdminListUserAuthEvents", "AdminUpdateAuthEventFeedback"],
            ),
        ],
    },
    Group {
        folder: "pools",
        title: "The signed operations on user pools and what belongs to them: the feature `admin-pools`.",
        areas: &[
            Area {
                file: "messages",
                title: "The settings of a user pool for the messages that it sends.",
                operations: &[],
                shapes: &[
                    "AdminCreateUserConfigType",
                    "EmailConfigurationType",
                    "EumsSmsConfigurationType",
                    "SmsConfigurationType",
                    "VerificationMessageTemplateType",
                ],
            },
            Area {
                file: "settings",
                title: "The settings of a user pool.",
                operations: &[],
                shapes: &[
                    "AccountRecoverySettingType",
                    "AcrLevelConfigType",
                    "DcrConfigurationType",
                    "DeletionProtectionType",
                    "DeviceConfigurationType",
                    "IssuerConfigurationType",
                    "KeyConfigurationType",
                    "LambdaConfigType",
                    "SchemaAttributeType",
                    "UserAttributeUpdateSettingsType",
                    "UserPoolAddOnsType",
                    "UserPoolPolicyType",
                    "UsernameConfigurationType",
                ],
            },
            area(
                "user_pools",
                "User pools.",
                &[
                    "CreateUserPool",
                    "DescribeUserPool",
                    "ListUserPools",
                    "UpdateUserPool",
                    "DeleteUserPool",
                    "AddCustomAttributes",
                ],
            ),
            area(
                "mfa",
                "The second factors and passkeys of a user pool.",
                &["GetUserPoolMfaConfig", "SetUserPoolMfaConfig"],
            ),
            area(
                "session_settings",
                "The session settings of user pools and app clients.",
                &[
                    "GetUserPoolSessionConfiguration",
                    "SetUserPoolSessionConfiguration",
                    "GetUserPoolClientSessionConfiguration",
                    "SetUserPoolClientSessionConfiguration",
                ],
            ),
            area(
                "clients",
                "App clients.",
                &[
                    "CreateUserPoolClient",
                    "DescribeUserPoolClient",
                    "ListUserPoolClients",
                    "UpdateUserPoolClient",
                    "DeleteUserPoolClient",
                ],
            ),
            area(
                "client_secrets",
                "The secrets of app clients.",
                &["AddUserPoolClientSecret", "ListUserPoolClientSecrets", "DeleteUserPoolClientSecret"],
            ),
            area(
                "cimd",
                "Client ID metadata documents.",
                &[
                    "CreateCIMDPolicy",
                    "DescribeCIMDPolicy",
                    "ListCIMDPolicies",
                    "UpdateCIMDPolicy",
                    "DeleteCIMDPolicy",
                    "ListClientMetadataURLs",
                    "UpdateClientMetadataURLState",
                ],
            ),
            area(
                "domains",
                "The domains of user pools.",
                &["CreateUserPoolDomain", "DescribeUserPoolDomain", "UpdateUserPoolDomain", "DeleteUserPoolDomain"],
            ),
            area(
                "branding",
                "The look of managed login and of the classic hosted UI.",
                &[
                    "CreateManagedLoginBranding",
                    "DescribeManagedLoginBranding",
                    "DescribeManagedLoginBrandingByClient",
                    "UpdateManagedLoginBranding",
                    "DeleteManagedLoginBranding",
                    "GetUICustomization",
                    "SetUICustomization",
                ],
            ),
            area(
                "terms",
                "The terms of app clients.",
                &["CreateTerms", "DescribeTerms", "DescribeTermsByClient", "ListTerms", "UpdateTerms", "DeleteTerms"],
            ),
            area(
                "identity_providers",
                "Identity providers.",
                &[
                    "CreateIdentityProvider",
                    "DescribeIdentityProvider",
                    "GetIdentityProviderByIdentifier",
                    "ListIdentityProviders",
                    "UpdateIdentityProvider",
                    "DeleteIdentityProvider",
                    "GetSigningCertificate",
                ],
            ),
            area(
                "resource_servers",
                "Resource servers and their scopes.",
                &[
                    "CreateResourceServer",
                    "DescribeResourceServer",
                    "ListResourceServers",
                    "UpdateResourceServer",
                    "DeleteResourceServer",
                ],
            ),
            area(
                "imports",
                "Imports of users from files.",
                &[
                    "GetCSVHeader",
                    "CreateUserImportJob",
                    "DescribeUserImportJob",
                    "ListUserImportJobs",
                    "StartUserImportJob",
                    "StopUserImportJob",
                ],
            ),
            area(
                "replicas",
                "The replicas of a user pool in other regions.",
                &["CreateUserPoolReplica", "ListUserPoolReplicas", "UpdateUserPoolReplica", "DeleteUserPoolReplica"],
            ),
            area(
                "recovery",
                "Point-in-time recovery of a user pool.",
                &[
                    "InitiatePointInTimeRecovery",
                    "DescribePointInTimeRecovery",
                    "ListPointInTimeRecoveries",
                    "StartPointInTimeRecovery",
                    "CancelPointInTimeRecovery",
                ],
            ),
            area("logs", "The delivery of logs.", &["GetLogDeliveryConfiguration", "SetLogDeliveryConfiguration"]),
            area("risk", "Threat protection.", &["DescribeRiskConfiguration", "SetRiskConfiguration"]),
            area("tags", "The tags of user pools.", &["ListTagsForResource", "TagResource", "UntagResource"]),
            area("limits", "Provisioned limits.", &["GetProvisionedLimit", "UpdateProvisionedLimit"]),
        ],
    },
];
