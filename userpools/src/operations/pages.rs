//! Paginators for the operations that return a list in pages.

use super::{
    DeviceType, ListDevices, ListDevicesResponse, ListUserSessions, ListUserSessionsResponse, ListWebAuthnCredentials,
    ListWebAuthnCredentialsResponse, SessionDescriptionType, WebAuthnCredentialDescription,
};
use cognito_op::{CallFuture, Client, Error, Meta, Operation, Reply, blocking};
use futures_core::Stream;
use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

/// An operation that returns a list in pages. The operations of this module that have a method `pages` implement it.
///
/// ```
/// use cognito_userpools::Error;
/// use cognito_userpools::operations::{Entries, Paginated};
/// use futures_util::TryStreamExt as _;
///
/// /// Counts the entries.
/// async fn count<O: Paginated<Entry: Unpin> + Unpin>(
///     entries: Entries<'_, O>,
/// ) -> Result<usize, Error> {
///     entries.try_fold(0, |count, _| async move { Ok(count + 1) }).await
/// }
/// ```
pub trait Paginated: Operation {
    /// An entry of the list.
    type Entry;

    /// Returns the pagination token in the request.
    #[doc(hidden)]
    fn token(&mut self) -> &mut Option<String>;

    /// Returns the pagination token in the response.
    #[doc(hidden)]
    fn next_token(page: &Self::Output) -> Option<&str>;

    #[doc(hidden)]
    fn is_empty(page: &Self::Output) -> bool;

    #[doc(hidden)]
    fn entries_of(page: Self::Output) -> Vec<Self::Entry>;
}

macro_rules! paginated {
    ($($operation:ident -> $page:ident { $entries:ident: [$entry:ident], $token:ident })*) => {$(
        impl Paginated for $operation {
            type Entry = $entry;

            fn token(&mut self) -> &mut Option<String> {
                &mut self.$token
            }

            fn next_token(page: &$page) -> Option<&str> {
                page.$token.as_deref()
            }

            fn is_empty(page: &$page) -> bool {
                // The member is required or optional.
                Option::<&Vec<$entry>>::from(&page.$entries).is_none_or(Vec::is_empty)
            }

            fn entries_of(page: $page) -> Vec<$entry> {
                Option::from(page.$entries).unwrap_or_default()
            }
        }

        impl $operation {
            /// Returns a stream of the pages, from the pagination token of this request or the first page.
            ///
            /// ```
            #[doc = concat!("use cognito_userpools::operations::", stringify!($operation), ";")]
            /// # async fn list(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
            /// use futures_util::TryStreamExt as _;
            ///
            #[doc = concat!("let mut pages = ", stringify!($operation), "::new(\"the access token\").pages(client);")]
            /// while let Some(page) = pages.try_next().await? {
            ///     println!("{page:?}");
            /// }
            /// # Ok(())
            /// # }
            /// ```
            pub fn pages(self, client: &Client) -> Pages<'_, Self> {
                Pages { client, cursor: Cursor::new(self), in_flight: None }
            }

            /// Returns a stream of the entries, from the pagination token of this request or the first page.
            ///
            /// ```
            #[doc = concat!("use cognito_userpools::operations::", stringify!($operation), ";")]
            /// # async fn list(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
            /// use futures_util::TryStreamExt as _;
            ///
            #[doc = concat!("let mut entries = ", stringify!($operation), "::new(\"the access token\").entries(client);")]
            /// while let Some(entry) = entries.try_next().await? {
            ///     println!("{entry:?}");
            /// }
            /// # Ok(())
            /// # }
            /// ```
            pub fn entries(self, client: &Client) -> Entries<'_, Self> {
                Entries { pages: self.pages(client), page: Vec::new().into_iter() }
            }

            /// Returns a blocking iterator over the pages, from the pagination token of this request or the first page.
            ///
            /// ```
            #[doc = concat!("use cognito_userpools::operations::", stringify!($operation), ";")]
            /// # fn list(client: &cognito_userpools::blocking::Client) -> Result<(), cognito_userpools::Error> {
            ///
            #[doc = concat!("for page in ", stringify!($operation), "::new(\"the access token\").pages_blocking(client) {")]
            ///     println!("{:?}", page?);
            /// }
            /// # Ok(())
            /// # }
            /// ```
            pub fn pages_blocking(self, client: &blocking::Client) -> BlockingPages<'_, Self> {
                BlockingPages { client, cursor: Cursor::new(self) }
            }

            /// Returns a blocking iterator over the entries, from the pagination token of this request or the first
            /// page.
            ///
            /// ```
            #[doc = concat!("use cognito_userpools::operations::", stringify!($operation), ";")]
            /// # fn list(client: &cognito_userpools::blocking::Client) -> Result<(), cognito_userpools::Error> {
            ///
            #[doc = concat!("for entry in ", stringify!($operation), "::new(\"the access token\").entries_blocking(client) {")]
            ///     println!("{:?}", entry?);
            /// }
            /// # Ok(())
            /// # }
            /// ```
            pub fn entries_blocking(self, client: &blocking::Client) -> BlockingEntries<'_, Self> {
                BlockingEntries { pages: self.pages_blocking(client), page: Vec::new().into_iter() }
            }
        }
    )*};
}

paginated! {
    ListDevices -> ListDevicesResponse { devices: [DeviceType], pagination_token }
    ListUserSessions -> ListUserSessionsResponse { sessions: [SessionDescriptionType], next_token }
    ListWebAuthnCredentials -> ListWebAuthnCredentialsResponse { credentials: [WebAuthnCredentialDescription], next_token }
}

/// The maximum number of consecutive empty pages. A list with more of them is treated as endless.
const MAX_EMPTY_PAGES: u32 = 100;

fn unreadable<O: Operation>(reason: &'static str, meta: &Meta) -> Error {
    Error::unreadable(reason, meta).for_operation(O::NAME)
}

/// The state of a paginator.
struct Cursor<O> {
    /// The request for the next page. `None` after the last page and after an error.
    next: Option<O>,
    /// The number of consecutive empty pages.
    empty: u32,
    /// The hashes of all pagination tokens.
    tokens: HashSet<u64>,
    hasher: RandomState,
}

impl<O: Paginated> Cursor<O> {
    fn new(mut operation: O) -> Self {
        let hasher = RandomState::new();
        let tokens = operation.token().iter().map(|token| hasher.hash_one(token.as_str())).collect();
        Self { next: Some(operation), empty: 0, tokens, hasher }
    }

    /// Processes the response to the request for the next page.
    fn advance(&mut self, outcome: Result<Reply<O::Output>, Error>) -> Result<O::Output, Error> {
        let operation = self.next.take();
        let Reply { value: page, meta, .. } = outcome?;
        self.empty = if O::is_empty(&page) { self.empty + 1 } else { 0 };
        let next = O::next_token(&page).filter(|token| !token.is_empty());
        if let (Some(mut operation), Some(next)) = (operation, next) {
            if !self.tokens.insert(self.hasher.hash_one(next)) {
                return Err(unreadable::<O>("the token of the next page is the token of an earlier page", &meta));
            }
            if self.empty > MAX_EMPTY_PAGES {
                return Err(unreadable::<O>("more than 100 consecutive empty pages", &meta));
            }
            *operation.token() = Some(next.to_owned());
            self.next = Some(operation);
        }
        Ok(page)
    }
}

/// A stream of the pages of a list.
///
/// It ends after the last page or the first error. A repeated pagination token is an error, and so are more than 100
/// consecutive empty pages.
///
/// ```
/// # use cognito_userpools::operations::ListDevices;
/// # async fn list(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
/// use futures_util::TryStreamExt as _;
///
/// let mut pages = ListDevices::new("the access token").limit(10).pages(client);
/// while let Some(page) = pages.try_next().await? {
///     println!("{} devices", page.devices.map_or(0, |devices| devices.len()));
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is sent until the stream is polled"]
pub struct Pages<'c, O: Operation> {
    client: &'c Client,
    cursor: Cursor<O>,
    in_flight: Option<CallFuture<'c, O::Output>>,
}

impl<O: Paginated + Unpin> Stream for Pages<'_, O> {
    type Item = Result<O::Output, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { client, cursor, in_flight } = self.get_mut();
        let Some(operation) = &cursor.next else { return Poll::Ready(None) };
        let future = in_flight.get_or_insert_with(|| client.call(operation).send());
        let outcome = ready!(Pin::new(future).poll(context));
        *in_flight = None;
        Poll::Ready(Some(cursor.advance(outcome)))
    }
}

/// A stream of the entries of a list, over all pages.
///
/// It ends after the last entry or the first error, like [`Pages`].
///
/// ```
/// # use cognito_userpools::operations::ListDevices;
/// # async fn list(client: &cognito_userpools::Client) -> Result<(), cognito_userpools::Error> {
/// use futures_util::TryStreamExt as _;
///
/// let devices: Vec<_> =
///     ListDevices::new("the access token").limit(60).entries(client).try_collect().await?;
/// println!("{} devices", devices.len());
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is sent until the stream is polled"]
pub struct Entries<'c, O: Paginated> {
    pages: Pages<'c, O>,
    page: vec::IntoIter<O::Entry>,
}

impl<O: Paginated<Entry: Unpin> + Unpin> Stream for Entries<'_, O> {
    type Item = Result<O::Entry, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { pages, page } = self.get_mut();
        loop {
            if let Some(entry) = page.next() {
                return Poll::Ready(Some(Ok(entry)));
            }
            match ready!(Pin::new(&mut *pages).poll_next(context)) {
                Some(Ok(next)) => *page = O::entries_of(next).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// A blocking iterator over the pages of a list.
///
/// It ends after the last page or the first error. A repeated pagination token is an error, and so are more than 100
/// consecutive empty pages.
///
/// ```
/// # use cognito_userpools::operations::ListDevices;
/// # fn list(client: &cognito_userpools::blocking::Client) -> Result<(), cognito_userpools::Error> {
/// for page in ListDevices::new("the access token").limit(10).pages_blocking(client) {
///     println!("{} devices", page?.devices.map_or(0, |devices| devices.len()));
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is sent until the iterator is advanced"]
pub struct BlockingPages<'c, O> {
    client: &'c blocking::Client,
    cursor: Cursor<O>,
}

impl<O: Paginated> Iterator for BlockingPages<'_, O> {
    type Item = Result<O::Output, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let outcome = self.client.call(self.cursor.next.as_ref()?).send();
        Some(self.cursor.advance(outcome))
    }
}

/// A blocking iterator over the entries of a list, over all pages.
///
/// It ends after the last entry or the first error, like [`BlockingPages`].
///
/// ```
/// # use cognito_userpools::operations::ListDevices;
/// # fn list(client: &cognito_userpools::blocking::Client) -> Result<(), cognito_userpools::Error> {
/// let devices = ListDevices::new("the access token").limit(60).entries_blocking(client);
/// let devices = devices.collect::<Result<Vec<_>, _>>()?;
/// println!("{} devices", devices.len());
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is sent until the iterator is advanced"]
pub struct BlockingEntries<'c, O: Paginated> {
    pages: BlockingPages<'c, O>,
    page: vec::IntoIter<O::Entry>,
}

impl<O: Paginated> Iterator for BlockingEntries<'_, O> {
    type Item = Result<O::Entry, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(entry) = self.page.next() {
                return Some(Ok(entry));
            }
            match self.pages.next()? {
                Ok(next) => self.page = O::entries_of(next).into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<O: Operation> fmt::Debug for Pages<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("operation", &O::NAME).finish_non_exhaustive()
    }
}

impl<O: Paginated> fmt::Debug for Entries<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entries").field("operation", &O::NAME).finish_non_exhaustive()
    }
}

impl<O: Operation> fmt::Debug for BlockingPages<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingPages").field("operation", &O::NAME).finish_non_exhaustive()
    }
}

impl<O: Paginated> fmt::Debug for BlockingEntries<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingEntries").field("operation", &O::NAME).finish_non_exhaustive()
    }
}
