//! Lists in pages: the trait of the operations that return them, and the streams and iterators over their pages and items.

use crate::client::{CallFuture, Client, blocking};
use crate::error::{Error, Meta};
use crate::request::Operation;
use crate::response::Reply;
use std::collections::HashSet;
use std::fmt;
use std::future::poll_fn;
use std::hash::{BuildHasher as _, RandomState};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

/// An operation that returns a list in pages. The option `paginated` of [`cognito_op`](macro@crate::cognito_op)
/// implements it.
///
/// The attribute generates methods with the names of the methods of this trait, so that only generic code uses the
/// trait:
///
/// ```
/// use cognito_op::{Client, Error, Paginated};
///
/// /// Returns at most `max` items of a list.
/// async fn first<O: Paginated>(
///     operation: O,
///     client: &Client,
///     max: usize,
/// ) -> Result<Vec<O::Item>, Error> {
///     let mut items = operation.items(client);
///     let mut found = Vec::new();
///     while found.len() < max
///         && let Some(item) = items.next().await
///     {
///         found.push(item?);
///     }
///     Ok(found)
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an operation with the option `paginated`",
    note = "write `#[cognito_op(target = \"…\", paginated)]` if the operation returns a list in pages"
)]
pub trait Paginated: Operation<Output: Page<Item = <Self as Paginated>::Item>> + Sized {
    /// An item of the list.
    type Item;

    /// Returns the token of the page that the request asks for.
    #[doc(hidden)]
    fn token(&mut self) -> &mut Option<String>;

    /// Returns a stream of the pages, from the token of this request or the first page.
    ///
    /// ```
    /// # use cognito_op::{cognito_op, cognito_shape};
    /// # #[cognito_op(target = "ListDevices", paginated)]
    /// # struct ListDevices { access_token: String, pagination_token: Option<String> }
    /// # #[cognito_shape]
    /// # struct ListDevicesResponse { devices: Vec<Device>, pagination_token: Option<String> }
    /// # #[cognito_shape]
    /// # struct Device { device_key: Option<String> }
    /// # async fn list(client: &cognito_op::Client) -> Result<(), cognito_op::Error> {
    /// let mut pages = ListDevices::new("the access token").pages(client);
    /// while let Some(page) = pages.next().await {
    ///     println!("{} devices", page?.devices.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    fn pages(self, client: &Client) -> Pages<'_, Self> {
        Pages { client, cursor: Cursor::new(self), in_flight: None }
    }

    /// Returns a stream of the items of all pages, from the token of this request or the first page.
    ///
    /// ```
    /// # use cognito_op::{cognito_op, cognito_shape};
    /// # #[cognito_op(target = "ListDevices", paginated)]
    /// # struct ListDevices { access_token: String, pagination_token: Option<String> }
    /// # #[cognito_shape]
    /// # struct ListDevicesResponse { devices: Vec<Device>, pagination_token: Option<String> }
    /// # #[cognito_shape]
    /// # struct Device { device_key: Option<String> }
    /// # async fn list(client: &cognito_op::Client) -> Result<(), cognito_op::Error> {
    /// let mut devices = ListDevices::new("the access token").items(client);
    /// while let Some(device) = devices.next().await {
    ///     println!("{:?}", device?.device_key);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    fn items(self, client: &Client) -> Items<'_, Self> {
        Items { pages: self.pages(client), page: Vec::new().into_iter() }
    }

    /// Returns a blocking iterator over the pages, from the token of this request or the first page.
    ///
    /// ```
    /// # use cognito_op::{cognito_op, cognito_shape};
    /// # #[cognito_op(target = "ListDevices", paginated)]
    /// # struct ListDevices { access_token: String, pagination_token: Option<String> }
    /// # #[cognito_shape]
    /// # struct ListDevicesResponse { devices: Vec<Device>, pagination_token: Option<String> }
    /// # #[cognito_shape]
    /// # struct Device { device_key: Option<String> }
    /// # fn list(client: &cognito_op::blocking::Client) -> Result<(), cognito_op::Error> {
    /// for page in ListDevices::new("the access token").pages_blocking(client) {
    ///     println!("{} devices", page?.devices.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    fn pages_blocking(self, client: &blocking::Client) -> BlockingPages<'_, Self> {
        BlockingPages { client, cursor: Cursor::new(self) }
    }

    /// Returns a blocking iterator over the items of all pages, from the token of this request or the first page.
    ///
    /// ```
    /// # use cognito_op::{cognito_op, cognito_shape};
    /// # #[cognito_op(target = "ListDevices", paginated)]
    /// # struct ListDevices { access_token: String, pagination_token: Option<String> }
    /// # #[cognito_shape]
    /// # struct ListDevicesResponse { devices: Vec<Device>, pagination_token: Option<String> }
    /// # #[cognito_shape]
    /// # struct Device { device_key: Option<String> }
    /// # fn list(client: &cognito_op::blocking::Client) -> Result<(), cognito_op::Error> {
    /// for device in ListDevices::new("the access token").items_blocking(client) {
    ///     println!("{:?}", device?.device_key);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    fn items_blocking(self, client: &blocking::Client) -> BlockingItems<'_, Self> {
        BlockingItems { pages: self.pages_blocking(client), page: Vec::new().into_iter() }
    }
}

/// A response that contains a part of a list.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the response of an operation that returns a list in pages, which `paginated` requires",
    label = "this type is not a page of a list",
    note = "put `#[cognito_shape]` on it, with the shape of the response (`cognito-op struct` prints it), or remove `paginated`"
)]
pub trait Page {
    type Item;

    /// The error of an operation with `paginated`, if the response lacks the token or the list.
    const INCOMPLETE: Option<&'static str> = None;

    /// Returns the token of the next page.
    fn next_token(&self) -> Option<&str>;

    fn is_empty(&self) -> bool;

    fn take_items(&mut self) -> Vec<Self::Item>;
}

/// The maximum number of consecutive empty pages. A list with more of them is treated as endless.
const MAX_EMPTY_PAGES: u32 = 100;

fn unreadable<O: Operation>(reason: &'static str, meta: &Meta) -> Error {
    Error::unreadable(reason, meta).for_operation(O::NAME)
}

/// The position in a list.
struct Cursor<O> {
    /// The request for the next page. `None` after the last page and after an error.
    next: Option<O>,
    /// The error that follows the last page.
    error: Option<Error>,
    /// The number of consecutive empty pages.
    empty: u32,
    /// The hashes of all tokens.
    tokens: HashSet<u64>,
    hasher: RandomState,
}

impl<O: Paginated> Cursor<O> {
    fn new(mut operation: O) -> Self {
        let hasher = RandomState::new();
        let tokens = operation.token().iter().map(|token| hasher.hash_one(token.as_str())).collect();
        Self { next: Some(operation), error: None, empty: 0, tokens, hasher }
    }

    /// Processes the response to the request for the next page.
    fn advance(&mut self, outcome: Result<Reply<O::Output>, Error>) -> Result<O::Output, Error> {
        let operation = self.next.take();
        let Reply { value: page, meta, .. } = outcome?;
        self.empty = if page.is_empty() { self.empty + 1 } else { 0 };
        let next = page.next_token().filter(|token| !token.is_empty());
        if let (Some(mut operation), Some(next)) = (operation, next) {
            if !self.tokens.insert(self.hasher.hash_one(next)) {
                let reason = "the token of the next page is the token of an earlier page";
                self.error = Some(unreadable::<O>(reason, &meta));
            } else if self.empty > MAX_EMPTY_PAGES {
                self.error = Some(unreadable::<O>("more than 100 consecutive empty pages", &meta));
            } else {
                *operation.token() = Some(next.to_owned());
                self.next = Some(operation);
            }
        }
        Ok(page)
    }
}

/// A stream of the pages of a list.
///
/// It ends after the last page or the first error. A repeated token is an error, and so are more than 100 consecutive
/// empty pages. The page that causes the error is returned before it. A page is requested when it is awaited. With the feature `stream`, which `hyper` enables, the type
/// implements `Stream` of [`futures-core`](https://docs.rs/futures-core).
///
/// ```
/// # use cognito_op::{cognito_op, cognito_shape};
/// #[cognito_op(target = "ListDevices", paginated)]
/// struct ListDevices {
///     access_token: String,
///     limit: Option<i32>,
///     pagination_token: Option<String>,
/// }
///
/// #[cognito_shape]
/// struct ListDevicesResponse {
///     devices: Vec<Device>,
///     pagination_token: Option<String>,
/// }
/// # #[cognito_shape]
/// # struct Device { device_key: Option<String> }
///
/// # async fn list(client: &cognito_op::Client) -> Result<(), cognito_op::Error> {
/// let mut pages = ListDevices::new("the access token").limit(10).pages(client);
/// while let Some(page) = pages.next().await {
///     println!("{} devices", page?.devices.len());
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "no page is requested until `next` is awaited or the stream is polled"]
pub struct Pages<'c, O: Paginated> {
    client: &'c Client,
    cursor: Cursor<O>,
    in_flight: Option<CallFuture<'c, O::Output>>,
}

impl<O: Paginated> Pages<'_, O> {
    /// Returns the next page, or `None` after the last page and after an error.
    ///
    /// The method is cancel-safe: if its future is dropped, the next call continues with the same request.
    pub async fn next(&mut self) -> Option<Result<O::Output, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<O::Output, Error>>> {
        let Self { client, cursor, in_flight } = self;
        let Some(operation) = &cursor.next else { return Poll::Ready(cursor.error.take().map(Err)) };
        let future = in_flight.get_or_insert_with(|| client.call(operation).send());
        let outcome = ready!(Pin::new(future).poll(context));
        *in_flight = None;
        Poll::Ready(Some(cursor.advance(outcome)))
    }
}

/// A stream of the items of a list, over all pages.
///
/// It ends after the last item or the first error, like [`Pages`].
///
/// ```
/// # use cognito_op::{cognito_op, cognito_shape};
/// # #[cognito_op(target = "ListDevices", paginated)]
/// # struct ListDevices { access_token: String, pagination_token: Option<String> }
/// # #[cognito_shape]
/// # struct ListDevicesResponse { devices: Vec<Device>, pagination_token: Option<String> }
/// # #[cognito_shape]
/// # struct Device { device_key: Option<String> }
/// # async fn list(client: &cognito_op::Client) -> Result<(), cognito_op::Error> {
/// let mut devices = ListDevices::new("the access token").items(client);
/// while let Some(device) = devices.next().await {
///     println!("{:?}", device?.device_key);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "no page is requested until `next` is awaited or the stream is polled"]
pub struct Items<'c, O: Paginated> {
    pages: Pages<'c, O>,
    page: vec::IntoIter<O::Item>,
}

impl<O: Paginated> Items<'_, O> {
    /// Returns the next item, or `None` after the last item and after an error.
    ///
    /// The method is cancel-safe: if its future is dropped, the next call continues with the same request.
    pub async fn next(&mut self) -> Option<Result<O::Item, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<O::Item, Error>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(context)) {
                Some(Ok(mut next)) => self.page = next.take_items().into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// A blocking iterator over the pages of a list.
///
/// It ends after the last page or the first error, like [`Pages`].
///
/// ```
/// # use cognito_op::{cognito_op, cognito_shape};
/// # #[cognito_op(target = "ListDevices", paginated)]
/// # struct ListDevices { access_token: String, pagination_token: Option<String> }
/// # #[cognito_shape]
/// # struct ListDevicesResponse { devices: Vec<Device>, pagination_token: Option<String> }
/// # #[cognito_shape]
/// # struct Device { device_key: Option<String> }
/// # fn list(client: &cognito_op::blocking::Client) -> Result<(), cognito_op::Error> {
/// for page in ListDevices::new("the access token").pages_blocking(client) {
///     println!("{} devices", page?.devices.len());
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "no page is requested until the iterator is advanced"]
pub struct BlockingPages<'c, O> {
    client: &'c blocking::Client,
    cursor: Cursor<O>,
}

impl<O: Paginated> Iterator for BlockingPages<'_, O> {
    type Item = Result<O::Output, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let Some(operation) = &self.cursor.next else { return self.cursor.error.take().map(Err) };
        let outcome = self.client.call(operation).send();
        Some(self.cursor.advance(outcome))
    }
}

/// A blocking iterator over the items of a list, over all pages.
///
/// It ends after the last item or the first error, like [`Pages`].
///
/// ```
/// # use cognito_op::{cognito_op, cognito_shape};
/// # #[cognito_op(target = "ListDevices", paginated)]
/// # struct ListDevices { access_token: String, pagination_token: Option<String> }
/// # #[cognito_shape]
/// # struct ListDevicesResponse { devices: Vec<Device>, pagination_token: Option<String> }
/// # #[cognito_shape]
/// # struct Device { device_key: Option<String> }
/// # fn list(client: &cognito_op::blocking::Client) -> Result<(), cognito_op::Error> {
/// let devices = ListDevices::new("the access token").items_blocking(client);
/// let devices = devices.collect::<Result<Vec<_>, _>>()?;
/// println!("{} devices", devices.len());
/// # Ok(())
/// # }
/// ```
#[must_use = "no page is requested until the iterator is advanced"]
pub struct BlockingItems<'c, O: Paginated> {
    pages: BlockingPages<'c, O>,
    page: vec::IntoIter<O::Item>,
}

impl<O: Paginated> Iterator for BlockingItems<'_, O> {
    type Item = Result<O::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.page.next() {
                return Some(Ok(item));
            }
            match self.pages.next()? {
                Ok(mut next) => self.page = next.take_items().into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

macro_rules! streams {
    ($($name:ident: $item:ident),+) => {$(
        /// The operation and the items are never pinned.
        impl<O: Paginated> Unpin for $name<'_, O> {}

        #[cfg(feature = "stream")]
        impl<O: Paginated> futures_core::Stream for $name<'_, O> {
            type Item = Result<O::$item, Error>;

            fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
                self.get_mut().poll(context)
            }
        }
    )+};
}

streams!(Pages: Output, Items: Item);

macro_rules! debug {
    ($($name:ident)+) => {$(
        impl<O: Paginated> fmt::Debug for $name<'_, O> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).field("operation", &O::NAME).finish_non_exhaustive()
            }
        }
    )+};
}

debug!(Pages Items BlockingPages BlockingItems);
