//! Flows that all servers support.

use crate::assert_refused;
use cognito_op::ErrorKind;
use cognito_op_tests::pool::PASSWORD;
use cognito_op_tests_userpools::{Either, Run, Way, address, sign_up_request};
use cognito_userpools::admin::{
    AdminAddUserToGroup, AdminConfirmSignUp, AdminCreateUser, AdminDeleteUser, AdminDisableUser, AdminEnableUser,
    AdminGetUser, AdminGetUserResponse, AdminInitiateAuth, AdminListGroupsForUser, AdminRemoveUserFromGroup,
    AdminSetUserPassword, AdminUpdateUserAttributes, CreateGroup, CreateUserPool, CreateUserPoolClient, DeleteGroup,
    DescribeUserPool, DescribeUserPoolClient, ExplicitAuthFlowsType, Filter, ListUsers, ListUsersInGroup,
    MessageActionType, SearchableAttribute, UserStatusType, UserType, VerifiedAttributeType,
};
use cognito_userpools::operations::{AuthFlowType, ChallengeNameType, GetUser};

/// Collects all items of a list, with either client.
macro_rules! all {
    ($either:expr, $list:expr) => {
        match &$either.way {
            Way::Waiting(client) => {
                let (mut items, mut all) = ($list.items(client), Vec::new());
                while let Some(item) = items.next().await {
                    all.push(item.expect("a page"));
                }
                all
            }
            Way::Blocking(client) => $list.items_blocking(client).map(|item| item.expect("a page")).collect(),
        }
    };
}

pub(crate) const NEW_PASSWORD: &str = "Battery staple-8";

/// A pool and an app client with a secret, created with the operations of this library.
pub(crate) struct Resources {
    /// A client with the credentials of the administrator, for the app client.
    pub(crate) admin: Either,
    /// The pool's id.
    pub(crate) pool: String,
    /// The app client's secret.
    pub(crate) secret: String,
}

pub(crate) async fn make(run: Run) -> Resources {
    let admin = run.public().administrator(run.pool);
    let create = CreateUserPool::new(run.user()).auto_verified_attributes([VerifiedAttributeType::Email]);
    let pool = admin.send(create).await.expect("a pool").user_pool.expect("the pool");
    let pool = pool.id.expect("an id");
    let flows = [
        ExplicitAuthFlowsType::AllowAdminUserPasswordAuth,
        ExplicitAuthFlowsType::AllowUserSrpAuth,
        ExplicitAuthFlowsType::AllowRefreshTokenAuth,
    ];
    let create = CreateUserPoolClient::new(&pool, "back end").generate_secret(true).explicit_auth_flows(flows);
    let client = admin.send(create).await.expect("an app client").user_pool_client.expect("the app client");
    let (id, secret) = (client.client_id.expect("an id"), client.client_secret.expect("a secret"));
    Resources { admin: admin.with_app_client(&id, Some(&secret)), pool, secret }
}

impl Resources {
    pub(crate) fn create(&self, user: &str) -> AdminCreateUser {
        AdminCreateUser::new(&self.pool, user)
            .temporary_password(PASSWORD)
            .message_action(MessageActionType::Suppress)
            .user_attributes([("email", address(user)), ("name", "José 😀".to_owned())])
    }

    pub(crate) async fn get(&self, user: &str) -> AdminGetUserResponse {
        self.admin.send(AdminGetUser::new(&self.pool, user)).await.expect("the user")
    }

    pub(crate) fn initiate(&self, user: &str, password: &str) -> AdminInitiateAuth {
        let parameters = [("USERNAME", user), ("PASSWORD", password)];
        AdminInitiateAuth::new(&self.pool, AuthFlowType::AdminUserPasswordAuth).auth_parameters(parameters)
    }

    /// Signs in with the password, and reads the profile with the token.
    async fn sign_in(&self, user: &str, password: &str) {
        let response = self.admin.send(self.initiate(user, password)).await.expect("tokens");
        let token = response.authentication_result.expect("tokens").access_token.expect("an access token");
        let profile = self.admin.send(GetUser::new(token)).await.expect("the profile");
        assert_eq!(profile.username, user);
    }
}

/// The value of an attribute.
fn value<'u>(user: &'u AdminGetUserResponse, name: &str) -> Option<&'u str> {
    let attributes = user.user_attributes.iter().flatten();
    attributes.into_iter().find(|of| of.name == name).and_then(|of| of.value.as_deref())
}

pub(crate) async fn pools(run: Run) {
    let made = make(run).await;
    let (admin, pool) = (&made.admin, &made.pool);
    let described = admin.send(DescribeUserPool::new(pool)).await.expect("the pool").user_pool.expect("the pool");
    assert_eq!((described.id.as_deref(), described.name), (Some(pool.as_str()), Some(run.user())));
    assert_eq!(described.auto_verified_attributes, Some(vec![VerifiedAttributeType::Email]));
    assert!(described.creation_date.is_some());

    let describe = DescribeUserPoolClient::new(pool, &admin.id);
    let described = admin.send(describe).await.expect("the app client").user_pool_client.expect("the app client");
    assert_eq!(described.client_name.as_deref(), Some("back end"));
    assert_eq!((described.client_id, described.client_secret), (Some(admin.id.clone()), Some(made.secret)));
    assert_eq!(described.explicit_auth_flows.map(|flows| flows.len()), Some(3));

    let unknown = admin.send(DescribeUserPool::new("us-east-1_elsewhere")).await;
    assert_refused(run.pool, unknown, ErrorKind::ResourceNotFound);
    let unknown = admin.send(DescribeUserPoolClient::new(pool, "1example23456789")).await;
    assert_refused(run.pool, unknown, ErrorKind::ResourceNotFound);
}

pub(crate) async fn users(run: Run) {
    let made = make(run).await;
    let (admin, pool, user) = (&made.admin, &made.pool, &run.user());
    let created = admin.send(made.create(user)).await.expect("a user").user.expect("the user");
    assert_eq!(created.username.as_deref(), Some(user.as_str()));
    assert_eq!(created.user_status, Some(UserStatusType::ForceChangePassword));
    assert_refused(run.pool, admin.send(made.create(user)).await, ErrorKind::UsernameExists);
    let found = made.get(user).await;
    assert_eq!((found.username.as_str(), found.enabled), (user.as_str(), Some(true)));
    assert_eq!(value(&found, "name"), Some("José 😀"));
    assert_eq!(value(&found, "email"), Some(address(user).as_str()));

    let challenged = admin.send(made.initiate(user, PASSWORD)).await.expect("a challenge");
    assert_eq!(challenged.challenge_name, Some(ChallengeNameType::NewPasswordRequired));
    let weak = admin.send(AdminSetUserPassword::new(pool, user, "password").permanent(true)).await;
    assert_refused(run.pool, weak, ErrorKind::InvalidPassword);
    let set = AdminSetUserPassword::new(pool, user, NEW_PASSWORD).permanent(true);
    admin.send(set).await.expect("it is set");
    assert_eq!(made.get(user).await.user_status, Some(UserStatusType::Confirmed));
    made.sign_in(user, NEW_PASSWORD).await;
    assert_refused(run.pool, admin.send(made.initiate(user, PASSWORD)).await, ErrorKind::NotAuthorized);

    let update = AdminUpdateUserAttributes::new(pool, user, [("name", "Zoë"), ("locale", "pt")]);
    admin.send(update).await.expect("they are set");
    let found = made.get(user).await;
    assert_eq!((value(&found, "name"), value(&found, "locale")), (Some("Zoë"), Some("pt")));

    admin.send(AdminDisableUser::new(pool, user)).await.expect("disabled");
    assert_eq!(made.get(user).await.enabled, Some(false));
    assert_refused(run.pool, admin.send(made.initiate(user, NEW_PASSWORD)).await, ErrorKind::NotAuthorized);
    admin.send(AdminEnableUser::new(pool, user)).await.expect("enabled");
    assert_eq!(made.get(user).await.enabled, Some(true));
    made.sign_in(user, NEW_PASSWORD).await;

    admin.send(AdminDeleteUser::new(pool, user)).await.expect("deleted");
    assert_refused(run.pool, admin.send(AdminGetUser::new(pool, user)).await, ErrorKind::UserNotFound);
    assert_refused(run.pool, admin.send(AdminDeleteUser::new(pool, user)).await, ErrorKind::UserNotFound);
    assert_refused(run.pool, admin.send(made.initiate(user, NEW_PASSWORD)).await, ErrorKind::UserNotFound);
}

/// One client sends unsigned sign-ups and signed confirmations.
pub(crate) async fn sign_ups(run: Run) {
    let made = make(run).await;
    let (admin, pool, user) = (&made.admin, &made.pool, &run.user());
    admin.send(sign_up_request(user)).await.expect("a user");
    assert_eq!(made.get(user).await.user_status, Some(UserStatusType::Unconfirmed));
    admin.send(AdminConfirmSignUp::new(pool, user)).await.expect("confirmed");
    assert_eq!(made.get(user).await.user_status, Some(UserStatusType::Confirmed));
    made.sign_in(user, PASSWORD).await;
    let unknown = admin.send(AdminConfirmSignUp::new(pool, "nobody")).await;
    assert_refused(run.pool, unknown, ErrorKind::UserNotFound);
}

/// The groups of a user, from all pages.
async fn groups_of(made: &Resources, user: &str) -> Vec<String> {
    let list = AdminListGroupsForUser::new(user, &made.pool);
    let groups = all!(made.admin, list);
    groups.into_iter().map(|group| group.group_name.expect("a name")).collect()
}

async fn members_of(made: &Resources, group: &str) -> Vec<String> {
    names(all!(made.admin, ListUsersInGroup::new(&made.pool, group).limit(1)))
}

pub(crate) async fn groups(run: Run) {
    let made = make(run).await;
    let (admin, pool, user) = (&made.admin, &made.pool, &run.user());
    for user in [user, "other"] {
        admin.send(made.create(user)).await.expect("a user");
    }
    let create = || CreateGroup::new("editors", pool).description("Those who edit").precedence(3);
    let group = admin.send(create()).await.expect("a group").group.expect("the group");
    assert_eq!((group.group_name.as_deref(), group.precedence), (Some("editors"), Some(3)));
    assert_refused(run.pool, admin.send(create()).await, ErrorKind::GroupExists);
    assert_eq!(groups_of(&made, user).await, Vec::<String>::new());

    for user in [user, "other"] {
        admin.send(AdminAddUserToGroup::new(pool, user, "editors")).await.expect("a member");
    }
    assert_eq!(groups_of(&made, user).await, ["editors"]);
    let mut members = members_of(&made, "editors").await;
    members.sort();
    assert_eq!(members, [user.as_str(), "other"]);

    admin.send(AdminRemoveUserFromGroup::new(pool, user, "editors")).await.expect("removed");
    assert_eq!(groups_of(&made, user).await, Vec::<String>::new());
    assert_eq!(members_of(&made, "editors").await, ["other"]);

    admin.send(DeleteGroup::new("editors", pool)).await.expect("deleted");
    assert_eq!(groups_of(&made, "other").await, Vec::<String>::new());
    let unknown = admin.send(AdminAddUserToGroup::new(pool, user, "editors")).await;
    assert_refused(run.pool, unknown, ErrorKind::ResourceNotFound);
}

fn names(users: Vec<UserType>) -> Vec<String> {
    users.into_iter().map(|user| user.username.expect("a name")).collect()
}

/// Lists of several pages, with and without a filter.
pub(crate) async fn lists(run: Run) {
    let made = make(run).await;
    let (admin, pool) = (&made.admin, &made.pool);
    let expected: Vec<_> = (0..205).map(|number| format!("user-{number:03}")).collect();
    for user in &expected {
        admin.send(made.create(user)).await.expect("a user");
    }
    let mut listed = names(all!(admin, ListUsers::new(pool)));
    listed.sort();
    assert_eq!(listed, expected);

    for (limit, lengths) in [(60, &[60, 60, 60, 25][..]), (41, &[41; 5])] {
        let list = ListUsers::new(pool).limit(limit);
        let pages = match &admin.way {
            Way::Waiting(client) => {
                let (mut pages, mut found) = (list.pages(client), Vec::new());
                while let Some(page) = pages.next().await {
                    found.push(page.expect("a page"));
                }
                found
            }
            Way::Blocking(client) => list.pages_blocking(client).map(|page| page.expect("a page")).collect(),
        };
        let found: Vec<_> = pages.iter().map(|page| page.users.as_ref().map_or(0, Vec::len)).collect();
        assert_eq!(found, lengths);
    }

    let starts = |text| Filter::starts_with(SearchableAttribute::Username, text);
    let equals = |text| Filter::equals(SearchableAttribute::Email, text);
    let some = |range: std::ops::Range<usize>| expected[range].to_vec();
    for (filter, expected) in [
        (starts("user-1"), some(100..200)),
        (starts("user-20"), some(200..205)),
        (starts("nobody"), some(0..0)),
        (equals("user-007@example.com"), some(7..8)),
        (equals("user-007@example"), some(0..0)),
    ] {
        let mut found = names(all!(admin, ListUsers::new(pool).limit(9).filter(filter)));
        found.sort();
        assert_eq!(found, expected);
    }
}
